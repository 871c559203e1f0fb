import assert from 'node:assert/strict';
import { countingText, type CountingEstimate } from '../../../src/namespaceOverview/countingText';

describe('what counting all repositories costs', () => {
  const later = 'You can cancel and continue later.';
  const cases: readonly (readonly [CountingEstimate, string])[] = [
    [
      { repositories: 1, averageMs: undefined, atOnce: 8, isManagement: true },
      `1 request is sent. This takes about 1 s. ${later}`,
    ],
    [
      { repositories: 1630, averageMs: 200, atOnce: 8, isManagement: true },
      `1,630 requests are sent, up to 8 at a time. This takes about 41 s. ${later}`,
    ],
    [
      { repositories: 1630, averageMs: undefined, atOnce: 8, isManagement: true },
      `1,630 requests are sent, up to 8 at a time. This takes about 2 min. ${later}`,
    ],
    [
      { repositories: 163, averageMs: 1000, atOnce: 4, isManagement: false },
      `At least 326 requests are sent, up to 4 at a time: the images of a repository are counted from two lists. This takes about 41 s. ${later}`,
    ],
  ];
  for (const [estimate, text] of cases) {
    it(`is said beforehand: ${JSON.stringify(estimate)}`, () => {
      assert.equal(countingText(estimate), text);
    });
  }
});
