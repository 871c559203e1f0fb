import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { LinkedAbort } from '../../../../src/hub/http/linkedAbort';
import { until } from '../../../support/until';

describe('LinkedAbort', () => {
  it('aborts with any of the signals it follows', () => {
    const sources = [new AbortController(), new AbortController()];
    const linked = new LinkedAbort([undefined, ...sources.map(({ signal }) => signal)]);
    assert.equal(linked.signal.aborted, false);
    sources[1]?.abort();
    assert.equal(linked.signal.aborted, true);
    assert.equal(linked.isTimedOut, false);
  });

  it('is aborted from the start where one of them is', () => {
    assert.equal(new LinkedAbort([AbortSignal.abort()], 1_000).signal.aborted, true);
  });

  it('aborts when time is out, and says so', async () => {
    const linked = new LinkedAbort([], 1);
    await until(() => linked.signal.aborted);
    assert.equal(linked.isTimedOut, true);
  });

  it('lets go of the signals and of the clock when it is disposed', () => {
    const { signal } = new AbortController();
    const linked = new LinkedAbort([signal], 1_000);
    assert.equal(getEventListeners(signal, 'abort').length, 1);
    linked.dispose();
    assert.equal(getEventListeners(signal, 'abort').length, 0);
    assert.equal(linked.signal.aborted, true);
    assert.equal(linked.isTimedOut, false);
  });

  it('can follow one signal many times without a warning', async () => {
    const warnings: string[] = [];
    const collect = ({ name }: Error) => void warnings.push(name);
    process.on('warning', collect);
    const { signal } = new AbortController();
    const linked = Array.from({ length: 100 }, () => new LinkedAbort([signal]));
    await new Promise(setImmediate); // warnings are given on a later turn
    process.off('warning', collect);
    linked.forEach((each) => {
      each.dispose();
    });
    assert.deepEqual(warnings, []);
  });
});
