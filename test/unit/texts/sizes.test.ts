import assert from 'node:assert/strict';
import { sizeText } from '../../../src/texts/sizes';
import { setLanguage } from '../../../src/texts/language';

describe('sizeText', () => {
  afterEach(() => setLanguage({ tag: 'en', translations: undefined }));

  const cases: readonly [bytes: number, expected: string][] = [
    [0, '0 B'],
    [999, '999 B'],
    [2_400, '2.4 kB'],
    [12_345_678, '12.3 MB'],
    [3_210_000_000, '3.21 GB'],
  ];
  for (const [bytes, expected] of cases) {
    it(`reads “${expected}”`, () => {
      assert.equal(sizeText(bytes), expected);
    });
  }

  it('writes numbers as the language of the editor does', () => {
    setLanguage({ tag: 'de', translations: undefined });
    assert.equal(sizeText(3_210_000_000), '3,21 GB');
  });
});
