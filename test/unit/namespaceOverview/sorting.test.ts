import assert from 'node:assert/strict';
import { Repositories } from '../../../media/namespaceOverview/repositories';
import {
  arranged,
  columns,
  initialSorting,
  nextSorting,
  type Column,
} from '../../../media/namespaceOverview/sorting';
import { countsOf, rowOf } from '../../webview/support/namespaceLooks';

describe('the order of the repositories', () => {
  const repositories = new Repositories();
  repositories.take([
    rowOf('a', { storageBytes: 2, lastPushed: '2026-06-01T00:00:00.000Z', pulls: 10 }),
    rowOf('b', { storageBytes: null, lastPushed: null, pulls: null }),
    rowOf('c', { storageBytes: 3, lastPushed: '2026-06-03T00:00:00.000Z', pulls: 9 }),
    rowOf('d', { storageBytes: 0, lastPushed: '2026-06-02T00:00:00.000Z', pulls: 0 }),
    rowOf('e', { storageBytes: 2, lastPushed: '2026-06-02T00:00:00.000Z', pulls: 10 }),
  ]);
  repositories.takeCounts([
    countsOf('a', { total: 1, inactive: 0, untagged: 5, lastPulled: '2026-06-01T00:00:00.000Z' }),
    countsOf('c', { total: 0, inactive: 3 }),
    countsOf('d', { total: 7, inactive: 1, untagged: 0, lastPulled: '2026-06-04T00:00:00.000Z' }),
  ]);
  const order = (column: Column, isDescending: boolean, search = '') =>
    arranged(repositories.all, search, { column, isDescending })
      .map(({ name }) => name)
      .join('');

  const expected: Readonly<Record<Column, readonly [descending: string, ascending: string]>> = {
    repository: ['edcba', 'abcde'],
    storage: ['caedb', 'daecb'],
    images: ['dacbe', 'cadbe'],
    inactive: ['cdabe', 'adcbe'],
    untagged: ['adbce', 'dabce'],
    lastPushed: ['cdeab', 'adecb'],
    lastPulled: ['dabce', 'adbce'],
    pulls: ['aecdb', 'dcaeb'],
  };
  for (const column of columns) {
    it(`is by ${column} either way; what is not known comes last, and equals stay in the order of the list`, () => {
      assert.deepEqual([order(column, true), order(column, false)], expected[column]);
    });
  }

  it('begins with what takes the most room', () => {
    assert.deepEqual(initialSorting, { column: 'storage', isDescending: true });
  });

  it('is turned around by the same column, and begins another with what stands out', () => {
    assert.deepEqual(nextSorting(initialSorting, 'storage'), { column: 'storage', isDescending: false });
    assert.deepEqual(nextSorting(initialSorting, 'images'), { column: 'images', isDescending: true });
    assert.deepEqual(nextSorting(initialSorting, 'repository'), {
      column: 'repository',
      isDescending: false,
    });
  });

  it('has only what is searched for, in any case and without blanks around', () => {
    assert.equal(order('storage', true, ' C '), 'c');
    assert.equal(order('storage', true, 'x'), '');
  });
});

describe('the repositories of a namespace', () => {
  it('add up what is known, and say of how many', () => {
    const repositories = new Repositories();
    repositories.take([rowOf('a', { storageBytes: 5 }), rowOf('b', { storageBytes: null }), rowOf('c')]);
    repositories.takeCounts([
      countsOf('a', { total: 4, inactive: 1, undetermined: 2 }),
      { name: 'b', counts: null, failure: 'no' },
    ]);
    assert.deepEqual(repositories.totals, {
      repositories: 3,
      storageBytes: 1_000_000_005,
      measured: 2,
      counted: 1,
      images: 4,
      inactive: 1,
      undetermined: 2,
      unknown: 0,
      unread: 0,
    });
    assert.equal(repositories.get('b')?.failure, 'no');
  });

  it('keep what is known of their images when they are listed again', () => {
    const repositories = new Repositories();
    repositories.takeCounts([countsOf('b', { total: 7 })]); // before the list
    repositories.take([rowOf('a'), rowOf('b')]);
    repositories.take([rowOf('b', { storageBytes: 1 })]);
    assert.equal(repositories.get('a'), undefined);
    const { counts, storageBytes } = repositories.get('b') ?? {};
    assert.deepEqual([counts?.total, storageBytes], [7, 1]);
  });

  it('stay the same objects as long as nothing of them changes', () => {
    const repositories = new Repositories();
    repositories.take([rowOf('a'), rowOf('b')]);
    const [first, second] = repositories.all;
    const list = repositories.all;
    repositories.takeCounts([countsOf('b')]);
    assert.notEqual(repositories.all, list);
    assert.equal(repositories.all[0], first);
    assert.notEqual(repositories.all[1], second);
  });
});
