import assert from 'node:assert/strict';
import { Loadable } from '../../../src/catalog/loadable';

/** Readings that end when the test says so. */
class Reader {
  readonly readings: {
    readonly signal: AbortSignal;
    readonly resolve: (value: string) => void;
    readonly reject: (error: Error) => void;
  }[] = [];

  readonly read = (signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => this.readings.push({ signal, resolve, reject }));

  /** The reading with this number, from 0, once it has begun. */
  async reading(index: number) {
    await Promise.resolve();
    const reading = this.readings[index];
    assert.ok(reading, `reading ${index} has not begun`);
    return reading;
  }
}

describe('Loadable', () => {
  it('reads once for all who ask at the same time or later', async () => {
    const reader = new Reader();
    const loadable = new Loadable(reader.read);
    const both = Promise.all([loadable.load(), loadable.load()]);
    (await reader.reading(0)).resolve('a');
    await both;
    await loadable.load();
    assert.equal(loadable.value, 'a');
    assert.equal(reader.readings.length, 1);
  });

  it('keeps a failure until it is asked to read again', async () => {
    const reader = new Reader();
    const loadable = new Loadable(reader.read);
    const failing = loadable.load();
    (await reader.reading(0)).reject(new Error('no'));
    await failing;
    await loadable.load();
    assert.equal(loadable.error?.message, 'no');
    assert.equal(reader.readings.length, 1);

    const again = loadable.reload();
    (await reader.reading(1)).resolve('a');
    await again;
    assert.deepEqual([loadable.value, loadable.error], ['a', undefined]);
  });

  it('keeps what was known while and after a newer reading fails', async () => {
    const reader = new Reader();
    const loadable = new Loadable(reader.read);
    loadable.replace('old');
    const again = loadable.reload();
    assert.equal(loadable.value, 'old');
    (await reader.reading(0)).reject(new Error('no'));
    await again;
    assert.deepEqual([loadable.value, loadable.error?.message], ['old', 'no']);
  });

  it('makes an older answer void, and whoever waited for it waits for the newer one', async () => {
    const reader = new Reader();
    const loadable = new Loadable(reader.read);
    const first = loadable.load();
    const older = await reader.reading(0);
    const second = loadable.reload();
    assert.equal(older.signal.aborted, true);
    older.resolve('older');
    (await reader.reading(1)).resolve('newer');
    await Promise.all([first, second]);
    assert.equal(loadable.value, 'newer');
  });

  it('reads again for those who waited when it was declared out of date', async () => {
    const reader = new Reader();
    const loadable = new Loadable(reader.read);
    const waiting = loadable.load();
    (await reader.reading(0)).resolve('older');
    loadable.invalidate();
    await new Promise(setImmediate);
    (await reader.reading(1)).resolve('newer');
    await waiting;
    assert.equal(loadable.value, 'newer');
  });

  it('tries again only what failed when its error is cleared', async () => {
    const reader = new Reader();
    const loadable = new Loadable(reader.read);
    loadable.replace('known');
    loadable.clearError();
    await loadable.load();
    assert.equal(reader.readings.length, 0);

    const failing = loadable.reload();
    (await reader.reading(0)).reject(new Error('no'));
    await failing;
    loadable.clearError();
    const again = loadable.load();
    (await reader.reading(1)).resolve('newer');
    await again;
    assert.deepEqual([loadable.value, loadable.error], ['newer', undefined]);
  });

  it('aborts its reading when it is disposed, and tells nobody', async () => {
    const reader = new Reader();
    let reported = 0;
    const loadable = new Loadable(reader.read, () => (reported += 1));
    const waiting = loadable.load();
    const reading = await reader.reading(0);
    loadable.dispose();
    assert.equal(reading.signal.aborted, true);
    reading.resolve('late');
    await waiting;
    await loadable.load();
    assert.deepEqual([loadable.value, reported, reader.readings.length], [undefined, 0, 1]);
  });
});
