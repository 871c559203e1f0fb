import assert from 'node:assert/strict';
import { isCompletePattern, Protection } from '../../../../src/hub/deletion/protection';
import { parseRepositoryRef } from '../../../../src/hub/names';

const api = parseRepositoryRef('acme/api');

describe('protection', () => {
  const rules: readonly (readonly [pattern: string, tags: readonly string[], protects: boolean])[] = [
    ['acme/api', [], true],
    ['acme/*', [], true],
    ['*/api', [], true],
    ['acme/web', ['latest'], false],
    ['acme', ['latest'], false],
    ['acme/api:latest', ['latest'], true],
    ['acme/api:latest', ['1.0'], false],
    ['acme/api:latest', [], false],
    ['acme/*:v*', ['1.0', 'v2'], true],
    ['acme/api:{prod,live}-*', ['live-7'], true],
    ['acme/api:*', ['.hidden'], true],
    ['acme/api:*', [], false],
    ['acme/api:Latest', ['latest'], false],
    ['acme/api:la:test', ['latest'], false],
  ];
  for (const [pattern, tags, protects] of rules) {
    it(`${protects ? 'covers' : 'passes over'} [${tags.join(', ')}] with ${pattern}`, () => {
      assert.equal(new Protection([pattern]).protects(api, tags), protects);
    });
  }

  const incomplete = [
    ...['acme/[z-a]', 'acme/api:[z-a]', 'acme/[ab', 'acme/{a,b', 'acme/api:*(v', 'acme/api:v)'],
    `acme/${'a'.repeat(70_000)}`,
    '',
    'acme/api:',
  ];
  for (const pattern of incomplete) {
    it(`refuses ${pattern.slice(0, 20)}, which is not a complete glob and would match nothing`, () => {
      assert.equal(isCompletePattern(pattern), false);
      assert.throws(
        () => new Protection(['acme/api', pattern]),
        (error) => error instanceof RangeError && error.message.endsWith(`: ${pattern}`),
      );
    });
  }

  it('adds patterns up', () => {
    const protection = new Protection(['acme/web', 'acme/api:latest']);
    assert.equal(protection.protects(api, ['latest']), true);
  });

  it('names the patterns that protect nothing in a repository', () => {
    const protection = new Protection(['acme/api:latest', 'acme/api:lates', 'acme/apii', 'acme/*']);
    assert.deepEqual(protection.unmatched(api, ['latest', '1.0']), ['acme/api:lates', 'acme/apii']);
  });

  it('protects every image of every repository where everything is protected', () => {
    for (const name of ['acme/api', 'library/a__b']) {
      for (const tags of [[], ['latest']]) {
        assert.equal(Protection.everything.protects(parseRepositoryRef(name), tags), true);
      }
    }
  });

  it('protects nothing without a pattern', () => {
    assert.equal(Protection.none.protects(api, ['latest']), false);
    assert.deepEqual(Protection.none.unmatched(api, ['latest']), []);
  });
});
