import assert from 'node:assert/strict';
import { AnswerCache, ReviewAge, staleAfterMs } from '../../../../src/hub/deletion/reviewAge';
import { imageKey } from '../../../../src/hub/deletionRequest';
import { plannedImage } from '../../../support/images';

const start = new Date('2026-06-01T00:00:00Z');
const one = plannedImage('acme/api', 'one');
const two = plannedImage('acme/api', 'two');
const keyOf = ({ repository, image }: typeof one) => imageKey(repository, image.digest);

describe('answers of a dry run', () => {
  const setUp = () => {
    const clock = { ms: start.getTime() };
    return { clock, answers: new AnswerCache(() => new Date(clock.ms)) };
  };

  it('are none at first', () => {
    const { answers } = setUp();
    assert.equal(answers.oldest, undefined);
    assert.deepEqual(answers.stale, []);
    assert.deepEqual(answers.takeStale(), []);
  });

  it('are stale at exactly their limit, and not before', () => {
    const { answers, clock } = setUp();
    answers.add([one]);
    clock.ms += 1;
    answers.add([two]);
    assert.deepEqual(answers.oldest, start);
    clock.ms = start.getTime() + staleAfterMs - 1;
    assert.deepEqual(answers.stale, []);
    clock.ms += 1;
    assert.deepEqual(answers.stale, [keyOf(one)]);
  });

  it('are left behind once taken', () => {
    const { answers, clock } = setUp();
    answers.add([one]);
    clock.ms += 1;
    answers.add([two]);
    clock.ms = start.getTime() + staleAfterMs;
    assert.deepEqual(answers.takeStale(), [keyOf(one)]);
    assert.deepEqual(answers.stale, []);
    assert.deepEqual(answers.oldest, new Date(start.getTime() + 1));
  });

  it('are forgotten when cleared', () => {
    const { answers, clock } = setUp();
    answers.add([one, two]);
    answers.clear();
    clock.ms += staleAfterMs;
    assert.equal(answers.oldest, undefined);
    assert.deepEqual(answers.stale, []);
    answers.add([two]);
    clock.ms += staleAfterMs;
    assert.deepEqual(answers.stale, [keyOf(two)]);
  });
});

describe('age of a review', () => {
  /** Waits end when the test says so, whether they were aborted or not. */
  const setUp = () => {
    const waits: { ms: number; signal: AbortSignal; end: () => void; fail: () => void }[] = [];
    let stale = 0;
    const age = new ReviewAge({
      now: () => start,
      delay: (ms, signal) =>
        new Promise((end, reject) => {
          waits.push({
            ms,
            signal,
            end,
            fail: () => {
              reject(new Error('aborted'));
            },
          });
        }),
      onDidBecomeStale: () => {
        stale += 1;
        return Promise.resolve();
      },
    });
    return { age, waits, count: () => stale };
  };
  const settle = () => new Promise(setImmediate);

  it('is not stale until the time since the check has passed', async () => {
    const { age, waits, count } = setUp();
    age.start();
    assert.equal(age.isStale, false);
    assert.equal(waits[0]?.ms, staleAfterMs);
    waits[0].end();
    await settle();
    assert.equal(age.isStale, true);
    assert.equal(count(), 1);
  });

  it('counts from the oldest of the findings', () => {
    const { age, waits } = setUp();
    age.start(new Date(start.getTime() - 1_000));
    assert.equal(waits[0]?.ms, staleAfterMs - 1_000);
  });

  it('is not stale any more when a check begins', async () => {
    const { age, waits } = setUp();
    age.start();
    waits[0]?.end();
    await settle();
    age.reset();
    assert.equal(age.isStale, false);
  });

  it('is not told by a wait that another check has ended', async () => {
    for (const end of ['end', 'fail'] as const) {
      for (const stop of ['reset', 'close', 'start'] as const) {
        const { age, waits, count } = setUp();
        age.start();
        age[stop]();
        assert.equal(waits[0]?.signal.aborted, true, stop);
        waits[0][end]();
        await settle();
        assert.equal(age.isStale, false);
        assert.equal(count(), 0);
      }
    }
  });

  it('is never told once it is closed', () => {
    const { age, waits } = setUp();
    age.close();
    age.start();
    assert.equal(waits.length, 0);
  });
});
