import assert from 'node:assert/strict';
import { RemovalPace } from '../../../../src/hub/registry/removalPace';

const start = new Date('2026-06-01T00:00:00Z');
const settle = () => new Promise(setImmediate);

interface Pending {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** A run of images whose looks and deletions end when the test says so. */
function setUp(images: number, readAt = start, total = images) {
  const clock = { now: start };
  const pace = new RemovalPace(() => clock.now, readAt, total);
  const looks: Pending[] = [];
  const steps: Pending[] = [];
  const pending = (list: Pending[]) => () =>
    new Promise<void>((resolve, reject) => {
      list.push({ resolve, reject });
    });
  /** One request of so many images. */
  const request = async (size: number) => {
    const ended = await pace.run(
      pending(looks),
      Array.from({ length: size }, () => pending(steps)),
    );
    return ended.map((each) => (each.status === 'fulfilled' ? 'done' : String(each.reason)));
  };
  const results = request(images);
  const end = async (list: readonly Pending[], ...indexes: readonly number[]) => {
    indexes.forEach((index) => (list[index] ?? assert.fail(`no ${index}`)).resolve());
    await settle();
  };
  const pass = (ms: number) => {
    clock.now = new Date(clock.now.getTime() + ms);
  };
  return { pace, looks, steps, results, request, end, pass };
}

describe('pace of a run that deletes', () => {
  it('starts with one image alone, then goes on with at most four at a time', async () => {
    const { steps, looks, end } = setUp(8);
    assert.equal(steps.length, 1);
    await end(steps, 0);
    assert.equal(steps.length, 5, 'four more');
    await end(looks, 0);
    assert.equal(steps.length, 5);
    assert.equal(looks.length, 1, 'nothing was started since');
    await end(steps, 1);
    assert.equal(steps.length, 6);
    await end(steps, 2, 3);
    assert.equal(steps.length, 8);
  });

  it('starts no sixth image before a look has ended', async () => {
    const { steps, looks, end } = setUp(12);
    await end(steps, 0);
    assert.equal(looks.length, 1, 'taken while images are being deleted');
    await end(steps, 1, 2, 3, 4);
    assert.equal(steps.length, 5);
    assert.equal(looks.length, 1, 'one at a time');
    await end(looks, 0);
    const later: number = steps.length;
    assert.equal(later, 9);
  });

  it('counts the images that were started when the look began, not when it ended', async () => {
    const { steps, looks, end } = setUp(20);
    await end(steps, 0);
    await end(steps, 1, 2, 3, 4);
    await end(looks, 0);
    const known = steps.length;
    await end(steps, ...Array.from({ length: known - 5 }, (_, index) => index + 5));
    assert.equal(steps.length, 10, 'five images with what one look knew');
  });

  it('starts nothing with knowledge of five seconds', async () => {
    for (const [ageMs, isStarted] of [
      [4_999, true],
      [5_000, false],
    ] as const) {
      const { steps, looks, end } = setUp(1, new Date(start.getTime() - ageMs));
      assert.equal(steps.length === 1, isStarted);
      assert.equal(looks.length === 1, !isStarted);
      if (!isStarted) {
        await end(looks, 0);
        assert.equal(steps.length, 1);
      }
    }
  });

  it('looks again when what it knows has grown old between two images', async () => {
    const { steps, looks, end, pass } = setUp(2);
    pass(5_000);
    await end(steps, 0);
    assert.equal(steps.length, 1);
    assert.equal(looks.length, 1);
    pass(60_000);
    await end(looks, 0);
    assert.equal(steps.length, 2, 'it counts from the end of the look');
  });

  it('does not look where no image waits', async () => {
    const errors: unknown[] = [];
    const note = (error: unknown) => errors.push(error);
    process.on('unhandledRejection', note);
    try {
      const { steps, looks, results, end } = setUp(1);
      await end(steps, 0);
      assert.equal(looks.length, 0);
      assert.deepEqual(await results, ['done']);
      assert.deepEqual(errors, []);
    } finally {
      process.off('unhandledRejection', note);
    }
  });

  it('looks while the last images of a request are being deleted, if others follow', async () => {
    const { steps, looks, request, end } = setUp(5, start, 9);
    await end(steps, 0);
    assert.equal(looks.length, 1);
    await end(looks, 0);
    await end(steps, 1, 2, 3, 4);
    void request(4);
    assert.deepEqual([steps.length, looks.length], [9, 1], 'the next request waits for no look');
  });

  it('looks after the last images of a request have been started, however few these are', async () => {
    const { steps, looks, request, end } = setUp(7, start, 11);
    await end(steps, 0);
    await end(looks, 0);
    await end(steps, 1, 2);
    assert.deepEqual([steps.length, looks.length], [7, 2]);
    await end(looks, 1);
    await end(steps, 3, 4, 5, 6);
    void request(4);
    assert.equal(steps.length, 11, 'the next request waits for no look');
  });

  it('takes the next look as late as possible while images wait', async () => {
    const { steps, looks, end } = setUp(20);
    await end(steps, 0);
    await end(looks, 0);
    await end(steps, 1, 2, 3);
    assert.deepEqual([steps.length, looks.length], [8, 1]);
    await end(steps, 4);
    assert.deepEqual([steps.length, looks.length], [9, 2]);
  });

  it('looks neither beside the first image nor when none is being deleted', async () => {
    const { steps, looks, end } = setUp(1, start, 9);
    assert.equal(looks.length, 0);
    await end(steps, 0);
    assert.equal(looks.length, 0);
  });

  it('looks in the middle of an image only if what it knows has grown old', async () => {
    const { pace, looks, end, pass } = setUp(1);
    const never = () => Promise.reject(new Error('no look is needed'));
    pass(4_999);
    assert.equal(await pace.refresh(never), false);
    pass(1);
    const refreshed = pace.refresh(
      () => new Promise<void>((resolve, reject) => void looks.push({ resolve, reject })),
    );
    const shared = pace.refresh(never);
    await end(looks, 0);
    assert.deepEqual([await refreshed, await shared, looks.length], [true, true, 1]);
    assert.equal(await pace.refresh(never), false, 'it has just looked');
    pass(5_000);
    await assert.rejects(pace.refresh(never), /no look is needed/);
  });

  it('does not look while the last images of the run are being deleted', async () => {
    const { steps, looks, results, end } = setUp(5);
    await end(steps, 0);
    await end(steps, 1, 2, 3, 4);
    assert.equal(looks.length, 0);
    assert.deepEqual(new Set(await results), new Set(['done']));
  });

  it('starts no image of the next request after a look that failed between the two', async () => {
    const { pace, steps, looks, results, request, end } = setUp(5, start, 12);
    await end(steps, 0);
    await end(steps, 1, 2, 3, 4);
    looks[0]?.reject(new Error('offline'));
    await settle();
    assert.deepEqual(await results, ['done', 'done', 'done', 'done', 'done']);
    assert.deepEqual(await request(2), ['Error: offline', 'Error: offline']);
    assert.deepEqual([steps.length, looks.length], [5, 1]);
    const [ended] = await pace.run(() => Promise.resolve(), [() => Promise.resolve()]);
    assert.equal(ended?.status, 'rejected');
  });

  it('ends every image that waits when a look fails, and none that is under way', async () => {
    const { steps, looks, results, end } = setUp(8);
    await end(steps, 0);
    looks[0]?.reject(new Error('offline'));
    await settle();
    await end(steps, 1, 2, 3, 4);
    assert.equal(steps.length, 5);
    const failed = 'Error: offline';
    assert.deepEqual(await results, [
      ...['done', 'done', 'done', 'done', 'done'],
      ...[failed, failed, failed],
    ]);
  });

  it('goes on to the last image, with a look for every five', async () => {
    const { steps, looks, results, end } = setUp(30);
    for (let step = 0, look = 0; step < 30;) {
      if (look < looks.length) {
        await end(looks, look++);
      }
      await end(steps, step++);
    }
    assert.deepEqual(new Set(await results), new Set(['done']));
    assert.ok(looks.length >= 5, `${looks.length} looks`);
  });

  it('looks again for an image that comes after a look that failed', async () => {
    const { pace, looks, steps, results } = setUp(1, new Date(0));
    looks[0]?.reject(new Error('offline'));
    assert.deepEqual(await results, ['Error: offline']);
    const ended = await pace.run(() => Promise.resolve(), [() => Promise.resolve()]);
    assert.deepEqual(ended, [{ status: 'fulfilled', value: undefined }]);
    assert.equal(steps.length, 0);
  });

  it('goes on after an image that failed, which fails alone', async () => {
    const { steps, results, end } = setUp(2);
    steps[0]?.reject(new Error('refused'));
    await settle();
    assert.equal(steps.length, 2);
    await end(steps, 1);
    assert.deepEqual(await results, ['Error: refused', 'done']);
  });

  it('deletes four images at a time although each look takes as long as a deletion', async () => {
    const { steps, looks, end } = setUp(17);
    await end(steps, 0);
    for (let begun = 5; begun <= 17; begun += 4) {
      const looksBefore = (begun - 5) / 4;
      assert.deepEqual([steps.length, looks.length], [begun, looksBefore + (begun === 17 ? 0 : 1)]);
      await end(steps, begun - 4, begun - 3, begun - 2, begun - 1);
      if (begun < 17) {
        await end(looks, looksBefore);
      }
    }
  });
});
