import assert from 'node:assert/strict';
import { activityDetail, activityText, instantText } from '../../../src/texts/activity';

const now = new Date('2026-06-01T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

describe('activityPhrase', () => {
  const cases: readonly [pushed: number | undefined, pulled: number | undefined, expected: string][] = [
    [undefined, 94, 'last pulled 94 days ago'],
    [94, undefined, 'last pushed 94 days ago'],
    [300, 94, 'last pulled 94 days ago'],
    [3, 94, 'last pushed 3 days ago'],
    [undefined, 1, 'last pulled 1 day ago'],
    [undefined, 1.99, 'last pulled 1 day ago'],
    [undefined, 0.99, 'last pulled today'],
    [undefined, -0.001, 'last pulled today'],
    [undefined, -0.1, 'pulled in the future (wrong clock?)'],
    [-400, 94, 'pushed in the future (wrong clock?)'],
    [undefined, 1500, 'last pulled 1,500 days ago'],
    [undefined, undefined, 'never or unknown'],
  ];
  for (const [pushed, pulled, expected] of cases) {
    it(`reads “${expected}” for a push ${String(pushed)} and a pull ${String(pulled)} days ago`, () => {
      const at = (days: number | undefined) => (days === undefined ? undefined : daysAgo(days));
      assert.equal(activityText({ lastPushed: at(pushed), lastPulled: at(pulled) }, now), expected);
    });
  }
});

describe('the activity of an image whose pulls are not known', () => {
  const cases: readonly [pushed: number | undefined, pulled: number | undefined, expected: string][] = [
    [94, undefined, 'last pushed 94 days ago, last pull not known'],
    [0.5, undefined, 'last pushed today, last pull not known'],
    [3, 94, 'last pushed 3 days ago, last pull not known'],
    [-1, undefined, 'pushed in the future (wrong clock?)'],
    [300, 94, 'last known pull 94 days ago'],
    [undefined, undefined, 'not known'],
  ];
  for (const [pushed, pulled, expected] of cases) {
    it(`reads “${expected}” for a push ${String(pushed)} and a pull ${String(pulled)} days ago`, () => {
      const at = (days: number | undefined) => (days === undefined ? undefined : daysAgo(days));
      const image = { lastPushed: at(pushed), lastPulled: at(pulled), arePullsUnknown: true } as const;
      assert.equal(activityText(image, now), expected);
    });
  }

  it('never says in full that it was never pulled, or not since then', () => {
    const image = { lastPushed: now, lastPulled: undefined, arePullsUnknown: true } as const;
    assert.match(activityDetail(image), /^Last pushed: .*UTC\)\nLast pulled: not known$/);
    assert.match(
      activityDetail({ ...image, lastPulled: now }),
      /\nLast pulled: .*\(2026-06-01 12:00:00 UTC\), or later$/,
    );
  });
});

describe('instantText', () => {
  it('says the time of a zone and that of UTC', () => {
    assert.equal(
      instantText(new Date('2026-01-05T14:03:22.123Z'), 'Europe/Berlin'),
      'Jan 5, 2026, 3:03 PM (2026-01-05 14:03:22 UTC)',
    );
  });

  it('never makes an unknown time old', () => {
    assert.equal(instantText(undefined), 'never or unknown');
  });
});

describe('activityDetail', () => {
  it('has both times, a line each', () => {
    const detail = activityDetail({ lastPushed: now, lastPulled: undefined });
    assert.match(detail, /^Last pushed: .*\(2026-06-01 12:00:00 UTC\)\nLast pulled: never or unknown$/);
  });
});
