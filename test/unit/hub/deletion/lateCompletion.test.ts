import assert from 'node:assert/strict';
import {
  isLateCompletionOver,
  isWithin,
  lateCompletionMs,
} from '../../../../src/hub/deletion/lateCompletion';

const lastSign = new Date('2026-06-01T12:00:00Z');
const after = (ms: number) => new Date(lastSign.getTime() + ms);

describe('the wait for a late completion', () => {
  for (const [ageMs, expected] of [
    [-1, false],
    [0, true],
    [1, true],
    [999, true],
    [1_000, false],
  ] as const) {
    it(`of a second ${expected ? 'goes on' : 'is over'} ${ageMs} ms after the last sign`, () => {
      assert.equal(isWithin(1_000, lastSign, after(ageMs)), expected);
    });
  }

  it('is over at the very end of the longest time-out', () => {
    assert.equal(isLateCompletionOver(lastSign, after(lateCompletionMs - 1)), false);
    assert.equal(isLateCompletionOver(lastSign, after(lateCompletionMs)), true);
  });
});
