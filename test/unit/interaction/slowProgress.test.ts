import assert from 'node:assert/strict';
import { type ProgressStep, showSlowProgress } from '../../../src/interaction/slowProgress';

const never = 1_000_000;

describe('progress of work that may be slow', () => {
  it('is not shown if the work ends before', async () => {
    let shown = 0;
    const result = await showSlowProgress(
      (progress) => {
        progress.report({ message: '1 of 2' });
        return Promise.resolve('done');
      },
      () => (shown += 1),
      never,
    );
    assert.deepEqual([result, shown], ['done', 0]);
  });

  it('is not shown if the work fails before, and the work fails', async () => {
    let shown = 0;
    const failing = showSlowProgress(
      () => Promise.reject(new Error('no answer')),
      () => (shown += 1),
      never,
    );
    await assert.rejects(failing, /no answer/);
    assert.equal(shown, 0);
  });

  it('is shown with what has been reported until then, and follows the work to its end', async () => {
    const steps: ProgressStep[] = [];
    const isShown = new Moment();
    let shownUntil: Promise<void> | undefined;
    const result = await showSlowProgress(
      async (progress) => {
        progress.report({ message: '1 of 4', increment: 25 });
        progress.report({ message: '2 of 4', increment: 25 });
        progress.report({ increment: 0 });
        await isShown.hasCome;
        progress.report({ message: '4 of 4', increment: 50 });
        return 4;
      },
      (run) => {
        shownUntil = run({ report: (step) => steps.push(step) });
        isShown.come();
      },
      0,
    );
    assert.equal(result, 4);
    assert.deepEqual(steps, [
      { message: '2 of 4', increment: 50 },
      { message: '4 of 4', increment: 50 },
    ]);
    await shownUntil;
  });

  it('ends without an error of its own when slow work fails', async () => {
    const isShown = new Moment();
    let shownUntil: Promise<void> | undefined;
    const failing = showSlowProgress(
      async () => {
        await isShown.hasCome;
        throw new Error('no answer');
      },
      (run) => {
        shownUntil = run({ report: () => assert.fail('nothing was reported') });
        isShown.come();
      },
      0,
    );
    await assert.rejects(failing, /no answer/);
    await shownUntil;
  });
});

class Moment {
  come!: () => void;
  readonly hasCome = new Promise<void>((resolve) => {
    this.come = resolve;
  });
}
