import assert from 'node:assert/strict';
import { excludedPaths } from '../../../../src/references/find/excludedPaths';

describe('excludedPaths', () => {
  const rows: readonly (readonly [pattern: string, path: string, isExcluded: boolean])[] = [
    ['**/node_modules', 'node_modules', true],
    ['**/node_modules', 'packages/one/node_modules', true],
    ['**/node_modules', 'node_modules2', false],
    ['**/.git', '.git', true],
    ['**/*.lock', 'a/yarn.lock', true],
    ['*.lock', 'yarn.lock', true],
    ['*.lock', 'a/yarn.lock', false],
    ['dist', 'dist', true],
    ['dist', 'a/dist', false],
    ['dist/', 'dist', true],
    ['/dist', 'dist', true],
    ['./dist', 'dist', true],
    ['a/**', 'a/b/c', true],
    ['**/*.{js,map}', 'a/b.map', true],
    ['**/[abc].txt', 'b.txt', true],
    ['**/[!abc].txt', 'b.txt', false],
    ['!a', 'b', false],
    ['!(a)', 'b', false],
    ['', 'a', false],
    ['/', 'a', false],
    ['['.repeat(100_000), 'a', false],
  ];
  for (const [pattern, path, isExcluded] of rows) {
    it(`${isExcluded ? 'excludes' : 'keeps'} ${path} with ${pattern.slice(0, 20)}`, () => {
      assert.equal(excludedPaths({ [pattern]: true })(path), isExcluded);
    });
  }

  it('applies only what is true, of all settings', () => {
    const isExcluded = excludedPaths({ a: true, b: false, c: { when: '$(basename).ts' } }, { d: true });
    assert.deepEqual(['a', 'b', 'c', 'd'].map(isExcluded), [true, false, false, true]);
  });

  it('excludes nothing if a setting is no object', () => {
    for (const setting of [undefined, null, true, 'a', 7, ['a']])
      assert.equal(excludedPaths(setting)('a'), false);
  });
});
