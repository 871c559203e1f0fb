import assert from 'node:assert/strict';
import { inOrder, joinFigures, type RepositoryFigures } from '../../../src/catalog/repositoryOrder';
import { repositoriesOrderings, type RepositoriesOrdering } from '../../../src/catalog/repositoriesView';

/** By name. */
const listed: Readonly<Record<string, RepositoryFigures>> = {
  a: { storageBytes: 5, pullCount: 0, lastUpdated: new Date('2026-01-01') },
  b: {},
  c: { storageBytes: 7, pullCount: 3 },
  d: { storageBytes: 7, lastUpdated: new Date('2026-02-01') },
  e: { storageBytes: 0, pullCount: 9, lastUpdated: new Date('2025-01-01') },
};

describe('inOrder', () => {
  const expected: Readonly<Record<RepositoriesOrdering, string>> = {
    name: 'abcde',
    '-storage': 'cdaeb',
    '-pulls': 'ecabd',
    '-last_updated': 'daebc',
  };
  for (const ordering of repositoriesOrderings) {
    it(`sorts by ${ordering}, what is not known last, and equals by name`, () => {
      const sorted = inOrder(Object.keys(listed), ordering, (name) => listed[name] ?? {});
      assert.equal(sorted.join(''), expected[ordering]);
    });
  }
});

describe('joinFigures', () => {
  it('adds what is known, and takes the newest time', () => {
    assert.deepEqual(joinFigures(Object.values(listed)), {
      storageBytes: 19,
      pullCount: 12,
      lastUpdated: new Date('2026-02-01'),
    });
  });

  it('knows nothing of what is not known of any, rather than zero', () => {
    assert.deepEqual(joinFigures([{}, {}]), {});
    assert.deepEqual(joinFigures([]), {});
  });
});
