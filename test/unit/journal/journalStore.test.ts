import assert from 'node:assert/strict';
import { JournalStore } from '../../../src/journal/journalStore';
import { runIdOf, runTime } from '../../../src/journal/runFileName';
import { FakeDisk } from '../../support/journalFiles';
import {
  completedAnswer,
  fileOf,
  finished,
  journalImage,
  outcomesOf,
  planOfImages,
  recorded,
  requestOf,
  runId,
  runIn,
  writer,
} from '../../support/runs';

const plan = planOfImages([journalImage('one', { currentTags: ['latest'] })]);
const rest = [requestOf(1, 'one'), completedAnswer(1, 1), outcomesOf({ one: 'deleted' }), finished];

function setUp() {
  const disk = new FakeDisk();
  let ended = 0;
  let released = 0;
  const now = () => new Date('2026-06-01T12:00:00.123Z');
  const store = new JournalStore({
    files: disk,
    self: writer,
    now,
    onDidFinish: () => (ended += 1),
    onDidRelease: () => (released += 1),
  });
  return { disk, store, ended: () => ended, released: () => released };
}

describe('journal store', () => {
  it('has the plan on disk, flushed, and its file in a flushed folder, before the run begins', async () => {
    const { disk, store } = setUp();
    await store.journal('hub').begin(plan);
    assert.deepEqual(
      disk.steps.map((step) => step.split(' ')[0]),
      ['create', 'write', 'sync', 'close', 'syncFolder'],
    );
    assert.deepEqual(disk.text, new TextDecoder().decode(fileOf(plan)));
  });

  it('names the file so that names sort by time', async () => {
    const { disk, store } = setUp();
    await store.journal('hub').begin(plan);
    await store.journal('hub').begin(plan);
    const ids = [...disk.files.keys()].map(runIdOf);
    assert.match(ids[0] ?? '', /^20260601T120000123Z-[0-9a-f]{8}$/);
    assert.notEqual(ids[0], ids[1]);
    assert.equal(ids[0] && runTime(ids[0]).toISOString(), '2026-06-01T12:00:00.123Z');
  });

  it('resolves an append only when the record is flushed', async () => {
    const { disk, store } = setUp();
    const run = await store.journal('hub').begin(plan);
    disk.steps.length = 0;
    await run.append(requestOf(1, 'one'));
    assert.deepEqual(
      disk.steps.map((step) => step.split(' ')[0]),
      ['write', 'sync', 'close'],
    );
  });

  it('knows a run as under way from before its file is there until its deletion lets go of it', async () => {
    const { disk, store, released } = setUp();
    const begun = store.journal('hub').begin(plan);
    const [name = ''] = disk.files.keys();
    const id = runIdOf(name);
    assert.ok(id !== undefined && store.isUnderWay(id));
    const run = await begun;
    await run.append(finished);
    assert.ok(store.isUnderWay(id));
    run.release();
    assert.deepEqual([store.isUnderWay(id), released()], [false, 1]);
    (await store.resume(id, { endsWithLine: true })).release();
    assert.equal(released(), 1, 'only deletions are told of');
  });

  it('writes a run that reads back as it was', async () => {
    const { disk, store, ended } = setUp();
    const run = await store.journal('sandbox').begin(plan);
    for (const record of rest) {
      await run.append(record);
    }
    assert.equal(disk.text, new TextDecoder().decode(fileOf(plan, rest, { server: 'sandbox' })));
    assert.equal(ended(), 1);
  });

  it('keeps appends in their order when nobody waits for one before the next', async () => {
    const { disk, store } = setUp();
    const run = await store.journal('hub').begin(plan);
    disk.writeLimit = 3;
    await Promise.all(rest.map((record) => run.append(record)));
    assert.equal(disk.text, new TextDecoder().decode(fileOf(plan, rest)));
  });

  it('goes on where a write took only a part', async () => {
    const { disk, store } = setUp();
    disk.writeLimit = 7;
    await store.journal('hub').begin(plan);
    assert.equal(disk.text, new TextDecoder().decode(fileOf(plan)));
  });

  it('refuses to begin where the disk is full at any byte of the plan, and leaves no run behind', async () => {
    const length = fileOf(plan).length;
    for (let free = 0; free < length; free += 1) {
      const { disk, store } = setUp();
      disk.free = free;
      await assert.rejects(store.journal('hub').begin(plan), { code: 'ENOSPC' }, `${free} bytes free`);
      assert.equal(disk.files.size, 0);
    }
  });

  it('refuses to begin where a write takes nothing and says nothing', async () => {
    const { disk, store } = setUp();
    disk.writeLimit = 0;
    await assert.rejects(store.journal('hub').begin(plan), /accepts no more/);
  });

  for (const step of ['create', 'sync', 'close', 'syncFolder']) {
    it(`refuses to begin where ${step} fails`, async () => {
      const { disk, store } = setUp();
      disk.failures.set(step, Object.assign(new Error('broken'), { code: 'EIO' }));
      await assert.rejects(store.journal('hub').begin(plan), { code: 'EIO' });
    });
  }

  for (const step of ['sync', 'close']) {
    it(`rejects an append, and all after it, where ${step} fails`, async () => {
      const { disk, store } = setUp();
      const run = await store.journal('hub').begin(plan);
      disk.failures.set(step, Object.assign(new Error('broken'), { code: 'EIO' }));
      await assert.rejects(run.append(requestOf(1, 'one')), { code: 'EIO' });
      const before = disk.text;
      await assert.rejects(run.append(completedAnswer(1, 1)), { code: 'EIO' });
      assert.equal(disk.text, before);
    });
  }

  it('rejects an append where the disk is full at any byte of it, and takes no further one', async () => {
    const length = fileOf(plan, rest.slice(0, 1)).length - fileOf(plan).length;
    for (let free = 0; free < length; free += 1) {
      const { disk, store } = setUp();
      const run = await store.journal('hub').begin(plan);
      disk.free = free;
      await assert.rejects(run.append(requestOf(1, 'one')), { code: 'ENOSPC' }, `${free} bytes free`);
      disk.free = Infinity; // somebody made room: what follows would still stand behind a gap
      await assert.rejects(run.append(outcomesOf({ one: 'deleted' })), { code: 'ENOSPC' });
      const [file] = disk.files.values();
      const found = runIn(file?.bytes ?? new Uint8Array());
      assert.equal(found.state, 'unfinished');
      assert.deepEqual(
        found.images.map(({ outcome }) => outcome),
        ['open'],
      );
    }
  });

  it('rejects an append where the file has been removed', async () => {
    const { disk, store } = setUp();
    const run = await store.journal('hub').begin(plan);
    disk.files.clear();
    await assert.rejects(run.append(requestOf(1, 'one')), { code: 'ENOENT' });
    assert.equal(disk.files.size, 0);
  });

  it('goes on with a torn run on a line of its own', async () => {
    const { disk, store } = setUp();
    const whole = fileOf(plan, [requestOf(1, 'one')]);
    for (let cut = fileOf(plan).length - 1; cut <= whole.length; cut += 1) {
      disk.put(`${runId}.jsonl`, whole.slice(0, cut));
      const run = await store.resume(runId, recorded(whole.slice(0, cut)).file);
      await run.append(outcomesOf({ one: 'failed' }));
      await run.append(finished);
      const found = runIn(disk.files.get(`${runId}.jsonl`)?.bytes ?? new Uint8Array());
      assert.equal(found.state, 'finished', `cut at ${cut}`);
      assert.equal(found.images[0]?.outcome, 'failed');
      assert.deepEqual(found.resumedBy, [{ at: '2026-06-01T12:00:00.123Z', writer }]);
    }
  });
});
