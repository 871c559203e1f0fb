import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { SharedReading } from '../../../src/hub/sharedReading';

/** A reading that ends when the test says so. */
function createReading() {
  let end: (result: string) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const result = new Promise<string>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  const signals: AbortSignal[] = [];
  const reading = new SharedReading((signal) => {
    signals.push(signal);
    return result;
  });
  return { reading, signals, isAborted: () => signals.some(({ aborted }) => aborted), end, fail };
}

const reason = new Error('not needed');
const state = ({ isVoid, isUnderWay }: SharedReading<unknown>) => ({ isVoid, isUnderWay });

describe('a reading shared by several callers', () => {
  it('begins at once, and only once', async () => {
    const { reading, signals, end } = createReading();
    assert.equal(signals.length, 1);
    assert.deepEqual(state(reading), { isVoid: false, isUnderWay: true });
    const all = Promise.all([reading.wait(undefined), reading.wait(new AbortController().signal)]);
    end('lists');
    assert.deepEqual(await all, ['lists', 'lists']);
    assert.equal(await reading.wait(undefined), 'lists');
    assert.equal(signals.length, 1);
  });

  it('has a result once it is over, and is not aborted any more', async () => {
    const { reading, isAborted, end } = createReading();
    const controller = new AbortController();
    const waiting = reading.wait(controller.signal);
    end('lists');
    await waiting;
    assert.deepEqual(state(reading), { isVoid: false, isUnderWay: false });
    controller.abort(reason);
    assert.equal(isAborted(), false);
    assert.equal(await reading.wait(undefined), 'lists');
  });

  it('fails for every caller that waits, and has no result then', async () => {
    const { reading, fail, isAborted } = createReading();
    const error = new Error('failed');
    const all = [reading.wait(undefined), reading.wait(undefined)];
    fail(error);
    for (const waiting of all) {
      await assert.rejects(waiting, error);
    }
    await assert.rejects(reading.wait(undefined), error);
    assert.deepEqual([state(reading), isAborted()], [{ isVoid: true, isUnderWay: false }, false]);
  });

  it('may fail while nobody waits', async () => {
    const { reading, fail } = createReading();
    fail(new Error('failed'));
    await new Promise(setImmediate);
    assert.deepEqual(state(reading), { isVoid: true, isUnderWay: false });
  });

  it('is aborted once all callers have stopped waiting', async () => {
    const { reading, isAborted } = createReading();
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = [reading.wait(first.signal), reading.wait(second.signal)];
    first.abort(reason);
    await assert.rejects(waiting[0] ?? Promise.resolve(), reason);
    assert.deepEqual([isAborted(), state(reading)], [false, { isVoid: false, isUnderWay: true }]);
    second.abort(reason);
    await assert.rejects(waiting[1] ?? Promise.resolve(), reason);
    assert.deepEqual([isAborted(), state(reading)], [true, { isVoid: true, isUnderWay: false }]);
  });

  it('goes on for a caller that cannot stop waiting', async () => {
    const { reading, isAborted, end } = createReading();
    const controller = new AbortController();
    const [stopped, other] = [reading.wait(controller.signal), reading.wait(undefined)];
    controller.abort(reason);
    await assert.rejects(stopped, reason);
    assert.equal(isAborted(), false);
    end('lists');
    assert.equal(await other, 'lists');
  });

  it('does not begin to count a caller that has stopped waiting before', async () => {
    const { reading, isAborted, end } = createReading();
    await assert.rejects(reading.wait(AbortSignal.abort(reason)), reason);
    assert.equal(isAborted(), false);
    end('lists');
    assert.equal(await reading.wait(undefined), 'lists');
  });

  it('leaves no listener behind', async () => {
    const { reading, end } = createReading();
    const { signal } = new AbortController();
    const waiting = reading.wait(signal);
    assert.equal(getEventListeners(signal, 'abort').length, 1);
    end('lists');
    await waiting;
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });
});
