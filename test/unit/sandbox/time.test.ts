import assert from 'node:assert/strict';
import { formatTime, oneMonthBefore, parseTime } from '../../../src/sandbox/time';

describe('sandbox time', () => {
  const months: readonly (readonly [now: string, before: string])[] = [
    ['2026-06-15T08:30:00.123Z', '2026-05-15T08:30:00.123Z'],
    ['2026-01-10T00:00:00.000Z', '2025-12-10T00:00:00.000Z'],
    ['2026-03-31T12:00:00.000Z', '2026-02-28T12:00:00.000Z'],
    ['2024-03-30T12:00:00.000Z', '2024-02-29T12:00:00.000Z'],
    ['2026-07-31T12:00:00.000Z', '2026-06-30T12:00:00.000Z'],
  ];
  for (const [now, before] of months) {
    it(`goes back from ${now} to ${before}`, () => {
      assert.equal(oneMonthBefore(new Date(now)).toISOString(), before);
    });
  }

  it('writes as many fractional digits as Docker Hub', () => {
    const at = new Date('2026-01-02T03:04:05.678Z');
    assert.equal(formatTime(at, 6), '2026-01-02T03:04:05.678000Z');
    assert.equal(formatTime(at, 9), '2026-01-02T03:04:05.678000000Z');
  });

  const times: readonly (readonly [text: string, expected: string | undefined])[] = [
    ['2020-12-01T12:00:00Z', '2020-12-01T12:00:00.000Z'],
    ['2020-12-01T12:00:00.123456789Z', '2020-12-01T12:00:00.123Z'],
    ['2020-12-01T14:00:00+02:00', '2020-12-01T12:00:00.000Z'],
    ['2020-12-01', undefined],
    ['2020-12-01T12:00:00', undefined],
    ['2020-13-01T12:00:00Z', undefined],
    ['2020-12-01T14:00:00 02:00', undefined], // a plus that was not percent-encoded
    ['yesterday', undefined],
    ['', undefined],
  ];
  for (const [text, expected] of times) {
    it(`${expected === undefined ? 'rejects' : 'reads'} ${JSON.stringify(text)}`, () => {
      assert.equal(parseTime(text)?.toISOString(), expected);
    });
  }
});
