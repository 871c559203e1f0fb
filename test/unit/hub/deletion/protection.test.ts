import assert from 'node:assert/strict';
import { Protection } from '../../../../src/hub/deletion/protection';
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
  ];
  for (const [pattern, tags, protects] of rules) {
    it(`${protects ? 'covers' : 'passes over'} [${tags.join(', ')}] with ${pattern}`, () => {
      assert.equal(new Protection([pattern]).protects(api, tags), protects);
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

  it('protects nothing without a pattern', () => {
    assert.equal(Protection.none.protects(api, ['latest']), false);
    assert.deepEqual(Protection.none.unmatched(api, ['latest']), []);
  });
});
