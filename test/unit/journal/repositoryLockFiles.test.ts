import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { DeletionPlace, LockedRepositories } from '../../../src/hub/deletion/repositoryLocks';
import { parseRepositoryRef } from '../../../src/hub/names';
import { FolderFiles } from '../../../src/journal/folderFiles';
import type { JournalEntry, JournalFile } from '../../../src/journal/journalFiles';
import { RepositoryLockFiles } from '../../../src/journal/repositoryLockFiles';
import { thisWriter } from '../../../src/journal/writer';
import { idOf } from '../../support/processes';
import { FakeDisk } from '../../support/journalFiles';
import { writer } from '../../support/runs';
import { until } from '../../support/until';

const origin = 'https://hub.example';
const placeOf = (...names: readonly string[]): DeletionPlace => ({
  origin,
  repositories: names.map(parseRepositoryRef),
});
const api = placeOf('acme/api');

/** Windows on one machine that share a folder. */
function setUp(disk = new FakeDisk()) {
  const running = new Set<number>();
  const signs = new Set<() => void>();
  const intervals: number[] = [];
  const windowOf = (pid: number) => {
    running.add(pid);
    return new RepositoryLockFiles(
      disk,
      {
        self: { ...writer, pid, instance: `window ${pid}` },
        now: () => disk.now,
        isRunning: (each) => running.has(each),
      },
      (work, ms) => {
        intervals.push(ms);
        signs.add(work);
        return () => signs.delete(work);
      },
    );
  };
  return { disk, running, signs, intervals, windowOf };
}

async function locked(locks: RepositoryLockFiles, place = api): Promise<LockedRepositories> {
  const result = await locks.acquire(place);
  assert.ok(result.kind === 'locked', result.kind);
  return result;
}

const busy = (name: string, holder: 'thisWindow' | 'otherWindow') => ({
  kind: 'busy',
  repository: parseRepositoryRef(name),
  holder,
});

describe('the lock of a repository', () => {
  it('is held by one window at a time', async () => {
    const { disk, windowOf } = setUp();
    const [first, second] = [windowOf(1), windowOf(2)];
    const held = await locked(first);
    assert.deepEqual(await second.acquire(api), busy('acme/api', 'otherWindow'));
    await held.release();
    await (await locked(second)).release();
    assert.equal(disk.files.size, 0);
  });

  it('makes no file where another window has it', async () => {
    const { disk, windowOf } = setUp();
    await locked(windowOf(1));
    const before = disk.steps.length;
    await windowOf(2).acquire(api);
    assert.equal(disk.steps.length, before);
  });

  it('is a file whose name is the same in every version, with a sign of life every hour', async () => {
    const { disk, intervals, windowOf } = setUp();
    await locked(windowOf(1));
    assert.deepEqual([...disk.files.keys()], ['repository-4e9a5314e1252f6a39d7fd60d24a7673.deleting-1']);
    assert.deepEqual(intervals, [3_600_000]);
  });

  it('is respected in any generation, and a file with another ending is none', async () => {
    const { disk, windowOf } = setUp();
    await locked(windowOf(1));
    const [[name, { bytes }] = assert.fail()] = disk.files;
    const generation = (ending: string) => name.replace(/1$/, ending);
    for (const [ending, kind] of [
      ['12', 'busy'],
      ['x1', 'locked'],
      ['1x', 'locked'],
    ] as const) {
      disk.files.clear();
      disk.put(generation(ending), bytes);
      assert.equal((await windowOf(2).acquire(api)).kind, kind);
    }
  });

  it('is held by one review of a window at a time', async () => {
    const { disk, windowOf } = setUp();
    const window = windowOf(1);
    const held = await locked(window);
    assert.deepEqual(await window.acquire(api), busy('acme/api', 'thisWindow'));
    await held.release();
    await (await locked(window)).release();
    assert.equal(disk.files.size, 0);
  });

  it('is not taken from another review by a second release', async () => {
    const { windowOf } = setUp();
    const window = windowOf(1);
    const first = await locked(window);
    await first.release();
    await locked(window);
    await first.release();
    assert.deepEqual(await window.acquire(api), busy('acme/api', 'thisWindow'));
  });

  it('does not keep others from other repositories, or from one of the same name on another server', async () => {
    const { windowOf } = setUp();
    await locked(windowOf(1));
    await locked(windowOf(2), placeOf('acme/web', 'acme/api2', 'acm/eapi'));
    await locked(windowOf(3), { ...api, origin: 'https://other.example' });
  });

  it('is taken for all repositories or for none', async () => {
    const { disk, windowOf } = setUp();
    const [first, second] = [windowOf(1), windowOf(2)];
    const held = await locked(first, placeOf('acme/web'));
    const several = placeOf('acme/api', 'acme/db', 'acme/web');
    assert.deepEqual(await second.acquire(several), busy('acme/web', 'otherWindow'));
    await locked(windowOf(3), placeOf('acme/api', 'acme/db'));
    await held.release();
    assert.equal(disk.files.size, 2, 'those of the third window');
  });

  it('is taken by one of two windows that want the same repositories in another order', async () => {
    const { windowOf } = setUp();
    const results = await Promise.all([
      windowOf(1).acquire(placeOf('acme/api', 'acme/web')),
      windowOf(2).acquire(placeOf('acme/web', 'acme/api')),
    ]);
    assert.deepEqual(results.map(({ kind }) => kind).sort(), ['busy', 'locked']);
  });

  it('may be for a repository whose name is longer than that of a file', async () => {
    const { disk, windowOf } = setUp();
    const long = placeOf(`${'n'.repeat(255)}/${'r'.repeat(255)}`);
    await locked(windowOf(1), long);
    assert.equal((await windowOf(2).acquire(long)).kind, 'busy');
    assert.ok([...disk.files.keys()].every((name) => name.length < 100));
  });

  it('is taken over from a process that has gone, and nothing is left of it', async () => {
    const { disk, running, windowOf } = setUp();
    await locked(windowOf(1));
    running.delete(1);
    const held = await locked(windowOf(2));
    assert.equal(disk.files.size, 1);
    assert.deepEqual(await windowOf(3).acquire(api), busy('acme/api', 'otherWindow'));
    await held.release();
    assert.equal(disk.files.size, 0);
  });

  it('is taken over by one window only', async () => {
    const { running, windowOf } = setUp();
    await locked(windowOf(1));
    running.delete(1);
    const results = await Promise.all([2, 3, 4].map((pid) => windowOf(pid).acquire(api)));
    assert.equal(results.filter(({ kind }) => kind === 'locked').length, 1);
  });

  it('is respected where its holder is on another machine or not known, and for a day at most', async () => {
    for (const content of [JSON.stringify({ ...writer, host: 'lap', pid: 7 }), '', '{"pid":']) {
      const { disk, windowOf } = setUp();
      await locked(windowOf(1));
      const [name = ''] = disk.files.keys();
      disk.put(name, content);
      assert.deepEqual(await windowOf(2).acquire(api), busy('acme/api', 'otherWindow'));
      disk.now = new Date(disk.now.getTime() + 24 * 60 * 60 * 1000 + 1);
      await locked(windowOf(2));
    }
  });

  it('is held for longer than a day by a window that gives signs of life', async () => {
    const { disk, signs, windowOf } = setUp();
    const held = await locked(windowOf(1), placeOf('acme/api', 'acme/web'));
    for (let hour = 0; hour < 50; hour += 1) {
      disk.now = new Date(disk.now.getTime() + 60 * 60 * 1000);
      signs.forEach((giveSign) => {
        giveSign();
      });
      await until(() => [...disk.files.values()].every(({ modifiedAt }) => modifiedAt === disk.now));
      assert.deepEqual(await windowOf(2).acquire(api), busy('acme/api', 'otherWindow'));
    }
    await held.release();
    assert.equal(signs.size, 0);
    assert.equal(disk.files.size, 0);
  });

  it('gives no more signs of life where it was not taken', async () => {
    const { disk, signs, windowOf } = setUp();
    await locked(windowOf(1));
    await windowOf(2).acquire(api);
    disk.free = 0;
    await assert.rejects(windowOf(3).acquire(placeOf('acme/web')), { code: 'ENOSPC' });
    assert.equal(signs.size, 1, 'those of the first');
  });

  it('is not held by a file of this window that could not be removed', async () => {
    const { disk, windowOf } = setUp();
    const window = windowOf(1);
    const held = await locked(window);
    const [name = ''] = disk.files.keys();
    const content = disk.files.get(name)?.bytes ?? '';
    await held.release();
    disk.put(name, content);
    await (await locked(window)).release();
    assert.equal(disk.files.size, 0);
  });

  it('does not fail where its file cannot be removed', async () => {
    const { disk, windowOf } = setUp();
    const window = windowOf(1);
    const held = await locked(window);
    const remove = disk.remove.bind(disk);
    disk.remove = () => Promise.reject(Object.assign(new Error('read-only'), { code: 'EROFS' }));
    await held.release();
    disk.remove = remove;
    await locked(window);
  });

  it('is not taken where it cannot be written, and nothing is left of it', async () => {
    for (const free of [0, 10]) {
      const { disk, windowOf } = setUp();
      const window = windowOf(1);
      const several = placeOf('acme/api', 'acme/web');
      disk.free = free + (free > 0 ? JSON.stringify({ ...writer, pid: 1, instance: 'window 1' }).length : 0);
      await assert.rejects(window.acquire(several), { code: 'ENOSPC' });
      assert.equal(disk.files.size, 0);
      disk.free = Infinity;
      await locked(window, several);
    }
  });

  it('is not taken where the folder cannot be looked at once more, and nothing is left of it', async () => {
    const { disk, windowOf } = setUp();
    const list = disk.list.bind(disk);
    let looks = 0;
    disk.list = () => ((looks += 1) === 2 ? Promise.reject(new Error('EIO')) : list());
    await assert.rejects(windowOf(1).acquire(api), /EIO/);
    assert.equal(disk.files.size, 0);
  });

  it('is not held by two windows, whatever they do at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 0, max: 2 }), async (scheduler, deadLocks) => {
        const disk = new SlowDisk(scheduler);
        const { running, windowOf } = setUp(disk);
        for (let pid = 101; pid <= 100 + deadLocks; pid += 1) {
          disk.isSlow = false;
          await windowOf(pid).acquire(api);
          running.delete(pid);
        }
        disk.isSlow = true;
        let holders = 0;
        const work = [1, 2, 3].map(async (pid) => {
          const window = windowOf(pid);
          for (let attempt = 0; attempt < 3; attempt += 1) {
            const result = await window.acquire(api);
            if (result.kind === 'locked') {
              holders += 1;
              assert.equal(holders, 1);
              await scheduler.schedule(Promise.resolve(), `deletion of ${pid}`);
              holders -= 1;
              await result.release();
            }
          }
        });
        await scheduler.waitFor(Promise.all(work));
        disk.isSlow = false;
        await (await locked(windowOf(4))).release();
        assert.equal(disk.files.size, 0);
      }),
      { numRuns: 300 },
    );
  });

  describe('in a folder of this machine', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'hub-images-locks-'));
    });
    afterEach(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    it('is respected while its process runs, and taken over when it has ended', async () => {
      const self = thisWriter('0.1.0');
      const locks = new RepositoryLockFiles(new FolderFiles(folder), { self, now: () => new Date() });
      const held = await locked(locks);
      const [name = ''] = readdirSync(folder);
      await held.release();
      assert.deepEqual(readdirSync(folder), []);

      const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      writeFileSync(
        join(folder, name),
        JSON.stringify({ ...self, ...idOf(child.pid ?? 0), instance: 'another window' }),
      );
      assert.deepEqual(await locks.acquire(api), busy('acme/api', 'otherWindow'));
      assert.deepEqual(readdirSync(folder), [name]);
      child.stdin.end();
      await once(child, 'exit');
      await (await locked(locks)).release();
      assert.deepEqual(readdirSync(folder), []);
    });
  });
});

/** Every step of it takes as long as the scheduler says. */
class SlowDisk extends FakeDisk {
  readonly #scheduler: fc.Scheduler;
  isSlow = false;

  constructor(scheduler: fc.Scheduler) {
    super();
    this.#scheduler = scheduler;
  }

  override list(): Promise<readonly JournalEntry[]> {
    return this.#later('list', () => super.list());
  }

  override read(name: string): Promise<Uint8Array> {
    return this.#later('read', () => super.read(name));
  }

  override create(name: string): Promise<JournalFile> {
    return this.#later('create', () => super.create(name));
  }

  override remove(name: string): Promise<void> {
    return this.#later('remove', () => super.remove(name));
  }

  /** Waits before the step and after it. */
  async #later<T>(label: string, step: () => Promise<T>): Promise<T> {
    if (!this.isSlow) {
      return step();
    }
    await this.#scheduler.schedule(Promise.resolve(), `before ${label}`);
    const result = await step();
    await this.#scheduler.schedule(Promise.resolve(), `after ${label}`);
    return result;
  }
}
