import assert from 'node:assert/strict';
import { quickAndSlow, timeoutMsOf } from '../../mutation/testOrder.mjs';

describe('order of the tests of a mutant', () => {
  const durations = new Map([
    ['slow', 900],
    ['quick', 4],
  ]);

  it('has the slow ones last', () => {
    assert.deepEqual(quickAndSlow(['slow', 'quick', 'new'], durations), [['quick', 'new'], ['slow']]);
  });

  it('has no empty group', () => {
    assert.deepEqual(quickAndSlow(['slow'], durations), [['slow']]);
    assert.deepEqual(quickAndSlow([], durations), []);
  });
});

describe('time that a test of a mutant may take', () => {
  it('is many times what it takes without the mutant', () => {
    assert.equal(timeoutMsOf(0, 10_000), 2_000);
    assert.equal(timeoutMsOf(100, 10_000), 3_000);
  });

  it('is no longer than the limit of the test', () => {
    assert.equal(timeoutMsOf(5_000, 10_000), 10_000);
    assert.equal(timeoutMsOf(undefined, 10_000), 10_000);
  });
});
