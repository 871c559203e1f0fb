import assert from 'node:assert/strict';
import { takeReconcileLock } from '../../../src/journal/reconcileLock';
import type { RunId } from '../../../src/journal/runFileName';
import type { Writer } from '../../../src/journal/writer';
import { FakeDisk } from '../../support/journalFiles';
import { runId, writer } from '../../support/runs';

const self: Writer = { ...writer, pid: 5000, instance: 'second' };
const other: RunId = '20260601T120000000Z-ffffffff';
const lockOf = (generation: number, id = runId) => `${id}.settling-${generation}`;

function setUp() {
  const disk = new FakeDisk();
  const liveness = { self, now: () => new Date('2026-06-01T12:15:00Z'), isRunning: () => false };
  return { disk, take: () => takeReconcileLock(disk, runId, liveness) };
}

describe('the lock of a run', () => {
  it('names who holds it, until it is released', async () => {
    const { disk, take } = setUp();
    const lock = await take();
    assert.deepEqual([...disk.files.keys()], [lockOf(1)]);
    assert.deepEqual(JSON.parse(disk.text), self);
    await lock?.release();
    assert.equal(disk.files.size, 0);
  });

  it('is one generation above every lock whose holder has gone, whatever their order', async () => {
    const { disk, take } = setUp();
    for (const generation of [7, 12, 3]) {
      disk.put(lockOf(generation), JSON.stringify(writer));
    }
    assert.ok(await take());
    assert.ok(disk.files.has(lockOf(13)));
  });

  it('has nothing to do with the locks of other runs', async () => {
    const { disk, take } = setUp();
    disk.put(lockOf(7, other), JSON.stringify({ ...self, instance: 'living', host: 'lap' }));
    assert.ok(await take());
    assert.ok(disk.files.has(lockOf(1)));
  });

  it('is not had where another process made the same one at the same moment', async () => {
    const { disk, take } = setUp();
    disk.list = () => Promise.resolve([]);
    disk.put(lockOf(1), '');
    assert.equal(await take(), undefined);
    assert.equal(disk.text, '');
  });

  for (const unreadable of ['notAFile', 'brokenLink'] as const) {
    it(`is held by nobody where its name is not that of a file, and the name is not used: ${unreadable}`, async () => {
      const { disk, take } = setUp();
      const list = disk.list.bind(disk);
      disk.list = async () => [...(await list()), { name: lockOf(3), unreadable }]; // as a folder lists it
      const lock = await take();
      assert.deepEqual([...disk.files.keys()], [lockOf(4)]);
      await lock?.release();
    });
  }

  it('is not taken, and says which one it is, where the system says nothing about it', async () => {
    const { disk, take } = setUp();
    disk.list = () => Promise.resolve([{ name: lockOf(3), unreadable: 'diskError' } as never]);
    await assert.rejects(take(), {
      message: `the lock ${lockOf(3)} cannot be read: diskError`,
      name: 'UnreadableLockError',
    });
    assert.equal(disk.files.size, 0);
  });

  it('is respected where it cannot be read', async () => {
    const { disk, take } = setUp();
    disk.put(lockOf(1), JSON.stringify(writer));
    disk.read = () => Promise.reject(Object.assign(new Error('not now'), { code: 'EIO' }));
    assert.equal(await take(), undefined);
  });

  it('is not left behind without a holder where it cannot be written', async () => {
    const { disk, take } = setUp();
    disk.failures.set('sync', Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    await assert.rejects(take(), { code: 'ENOSPC' });
    assert.equal(disk.files.size, 0);
  });

  it('is an error where it cannot be made', async () => {
    const { disk, take } = setUp();
    disk.create = () => Promise.reject(Object.assign(new Error('not allowed'), { code: 'EACCES' }));
    await assert.rejects(take(), { code: 'EACCES' });
  });

  it('is an error for its own reason where it can neither be written nor removed', async () => {
    const { disk, take } = setUp();
    disk.failures.set('sync', Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    disk.remove = () => Promise.reject(Object.assign(new Error('not allowed'), { code: 'EACCES' }));
    await assert.rejects(take(), { code: 'ENOSPC' });
  });
});
