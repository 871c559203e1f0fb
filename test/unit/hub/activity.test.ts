import assert from 'node:assert/strict';
import {
  activeFromDaysAgo,
  activeFromOneMonthAgo,
  activityStatus,
  daysSince,
  lastActivity,
} from '../../../src/hub/activity';

const day = (text: string) => new Date(`${text}T00:00:00Z`);

describe('activity', () => {
  it('is the later of push and pull', () => {
    const pushed = day('2026-01-01');
    const pulled = day('2026-02-01');
    assert.deepEqual(lastActivity({ lastPushed: pushed, lastPulled: pulled }), {
      kind: 'pulled',
      at: pulled,
    });
    assert.deepEqual(lastActivity({ lastPushed: pulled, lastPulled: pushed }), {
      kind: 'pushed',
      at: pulled,
    });
    assert.deepEqual(lastActivity({ lastPushed: pushed, lastPulled: undefined }), {
      kind: 'pushed',
      at: pushed,
    });
    assert.deepEqual(lastActivity({ lastPushed: undefined, lastPulled: pulled }), {
      kind: 'pulled',
      at: pulled,
    });
    assert.equal(lastActivity({ lastPushed: undefined, lastPulled: undefined }), undefined);
  });

  it('counts at the very instant as active, and a moment before as inactive', () => {
    const activeFrom = day('2026-01-01');
    const at = (ms: number) => ({ lastPushed: new Date(activeFrom.getTime() + ms), lastPulled: undefined });
    assert.equal(activityStatus(at(0), activeFrom), 'active');
    assert.equal(activityStatus(at(-1), activeFrom), 'inactive');
  });

  it('is the pull when push and pull are at the same instant', () => {
    const at = day('2026-01-01');
    assert.deepEqual(lastActivity({ lastPushed: at, lastPulled: new Date(at) }), { kind: 'pulled', at });
  });

  it('makes an image without any inactive', () => {
    const image = { lastPushed: undefined, lastPulled: undefined };
    assert.equal(activityStatus(image, day('2026-01-01')), 'inactive');
  });

  it('begins the window so many days ago', () => {
    assert.deepEqual(activeFromDaysAgo(90, day('2026-04-01')), day('2026-01-01'));
  });

  const months: readonly (readonly [now: string, start: string])[] = [
    ['2026-04-15', '2026-03-15'],
    ['2026-01-15', '2025-12-15'],
    ['2026-03-31', '2026-02-28'],
    ['2024-03-31', '2024-02-29'],
    ['2026-12-31', '2026-11-30'],
  ];
  for (const [now, start] of months) {
    it(`looks back one calendar month from ${now} to ${start}`, () => {
      assert.deepEqual(activeFromOneMonthAgo(day(now)), day(start));
    });
  }

  it('counts whole days, and none for the future', () => {
    const now = new Date('2026-04-02T12:00:00Z');
    assert.equal(daysSince(new Date('2026-04-01T12:00:00Z'), now), 1);
    assert.equal(daysSince(new Date('2026-04-01T12:00:01Z'), now), 0);
    assert.equal(daysSince(new Date('2026-05-01T00:00:00Z'), now), 0);
  });
});
