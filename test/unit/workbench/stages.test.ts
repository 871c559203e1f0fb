import assert from 'node:assert/strict';
import { runStages, type Stage } from '../../run/support/stages';

/** Runs stages that end only on request, and records which have begun. */
function start(stages: readonly Stage[], atOnce: number) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const all = runStages(stages, atOnce, ({ name }) => {
    begun.push(name);
    return new Promise((resolve) => ends.set(name, resolve));
  });
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve)); // what follows an end has begun by then
  };
  return { begun, end, all };
}

describe('stages of a run', () => {
  const build = { name: 'build' };
  const slow = { name: 'slow', needs: 'build' };
  const fast = { name: 'fast' };

  it('begin in their order, no more at once than allowed', async () => {
    const { begun, end, all } = start([build, fast, { name: 'last' }], 2);
    assert.deepEqual(begun, ['build', 'fast']);
    await end('fast');
    assert.deepEqual(begun, ['build', 'fast', 'last']);
    await end('last');
    await end('build');
    await all;
  });

  it('let another begin in the place of one that has to wait', async () => {
    const { begun, end, all } = start([build, slow, fast], 2);
    assert.deepEqual(begun, ['build', 'fast']);
    await end('fast');
    assert.deepEqual(begun, ['build', 'fast']);
    await end('build');
    assert.deepEqual(begun, ['build', 'fast', 'slow']);
    await end('slow');
    await all;
  });

  it('reject where one can never begin', async () => {
    await assert.rejects(start([slow], 2).all, /Nothing ends before: slow/);
  });

  it('reject as soon as one does', async () => {
    const failing = runStages([build], 1, () => Promise.reject(new Error('no program')));
    await assert.rejects(failing, /no program/);
  });
});
