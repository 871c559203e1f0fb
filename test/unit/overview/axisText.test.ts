import assert from 'node:assert/strict';
import { axisText } from '../../../media/overview/axisText';
import { setLanguage } from '../../../src/texts/language';

const at = Date.parse('2026-05-04T00:00:00Z');
const daySeconds = 24 * 60 * 60;

describe('the time axis of the overview', () => {
  afterEach(() => {
    setLanguage({ tag: 'en', translations: undefined });
  });

  const cases: readonly (readonly [string, number, string])[] = [
    ['en', 1, 'May 4'],
    ['en', 30, 'May 2026'],
    ['en', 365, '2026'],
    ['de', 1, '4. Mai'],
    ['de', 30, 'Mai 2026'],
    ['ja', 1, '5月4日'],
  ];
  for (const [tag, days, expected] of cases) {
    it(`says ${expected} in ${tag} where ticks are ${String(days)} days apart`, () => {
      setLanguage({ tag, translations: undefined });
      assert.equal(axisText(at, days * daySeconds), expected);
    });
  }
});
