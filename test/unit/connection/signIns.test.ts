import assert from 'node:assert/strict';
import { SignIns } from '../../../src/connection/signIns';

describe('sign-ins under way', () => {
  let reported: boolean[];
  let signIns: SignIns;

  beforeEach(() => {
    reported = [];
    signIns = new SignIns((isAnyRunning) => reported.push(isAnyRunning));
  });

  /** A sign-in that ends as soon as it is withdrawn. */
  const untilWithdrawn = (signal: AbortSignal) =>
    new Promise<string>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve('withdrawn');
      });
    });

  it('are reported from the first to the last', async () => {
    const first = signIns.run(untilWithdrawn);
    assert.equal(await signIns.run(() => Promise.resolve('done')), 'done');
    assert.deepEqual(reported, [true, true, true]);
    signIns.cancel();
    assert.equal(await first, 'withdrawn');
    assert.deepEqual(reported, [true, true, true, false]);
  });

  it('are over after a failure', async () => {
    await assert.rejects(
      signIns.run(() => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.deepEqual(reported, [true, false]);
  });

  it('are withdrawn by whoever asked for them, and with their owner', async () => {
    const asking = new AbortController();
    const asked = signIns.run(untilWithdrawn, asking.signal);
    asking.abort();
    assert.equal(await asked, 'withdrawn');
    const other = signIns.run(untilWithdrawn);
    signIns.dispose();
    assert.equal(await other, 'withdrawn');
  });
});
