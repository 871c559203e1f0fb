import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunJournal } from '../../../src/hub/deletion/journal';
import { FolderFiles } from '../../../src/journal/folderFiles';
import { JournalFolder } from '../../../src/journal/journalFolder';
import { runFileName, type RunId, runIdOf } from '../../../src/journal/runFileName';
import {
  fileOf,
  finished,
  journalImage,
  outcomesOf,
  planOfImages,
  requestOf,
  runId,
} from '../../support/runs';
import { until } from '../../support/until';

const now = () => new Date('2026-06-01T12:15:00Z');
const old: RunId = '20250101T120000000Z-0a1b2c3d';
const plan = planOfImages([journalImage('one')]);

describe('the journal in one folder', () => {
  let folder: string;
  let released: number;
  let failures: unknown[];
  let keepDays: () => number;

  const open = () =>
    new JournalFolder({
      folder,
      extensionVersion: '0.1.0',
      now,
      limits: () => ({ keepDays: keepDays(), maxBytes: Infinity }),
      onDidRelease: () => (released += 1),
      onRetentionFailed: (error) => failures.push(error),
    });
  const files = () => readdirSync(folder).sort();
  const begin = ({ store }: JournalFolder) => store.journal('hub').begin(plan);
  const end = async (run: RunJournal) => {
    await run.append(outcomesOf({ one: 'notSent' }));
    await run.append(finished);
    run.release();
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hub-images-journal-'));
    released = 0;
    failures = [];
    keepDays = () => 1;
    writeFileSync(join(folder, runFileName(old)), fileOf(plan, [finished]));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('knows which runs of this process are under way, and says when one has ended', async () => {
    const journal = open();
    const run = await begin(journal);
    const [id = old] = files()
      .flatMap((file) => runIdOf(file) ?? [])
      .filter((one) => one !== old);
    assert.equal(journal.liveness.isUnderWay?.(id), true);
    assert.equal(journal.liveness.isUnderWay(old), false);
    assert.equal(released, 0);
    await end(run);
    assert.equal(journal.liveness.isUnderWay(id), false);
    assert.equal(released, 1);
  });

  it('reads back what it has written', async () => {
    const journal = open();
    await end(await begin(journal));
    const [newest] = await journal.history.list();
    assert.ok(newest);
    const { run } = await journal.history.read(newest.id);
    assert.deepEqual([run?.plan, run?.state], [plan, 'finished']);
    assert.deepEqual(run?.writer, journal.liveness.self);
  });

  it('removes old runs after a run, and none before', async () => {
    const run = await begin(open());
    assert.equal(files().length, 2);
    await end(run);
    await until(() => files().length === 1);
    assert.ok(!files().includes(runFileName(old)));
    assert.deepEqual(failures, []);
  });

  it('says that old runs could not be removed', async () => {
    const reason = new Error('no limits');
    keepDays = () => {
      throw reason;
    };
    await end(await begin(open()));
    await until(() => failures.length > 0);
    assert.deepEqual(failures, [reason]);
    assert.equal(files().length, 2);
  });

  it('takes up what a person says has no process any more, and nothing else', async () => {
    const elsewhere = { extension: '0.1.0', host: 'elsewhere', pid: 1, instance: 'maybe gone' };
    const another: RunId = '20260601T120000000Z-ffffffff';
    for (const [id, instance] of [
      [runId, 'maybe gone'],
      [another, 'another'],
    ] as const) {
      writeFileSync(
        join(folder, runFileName(id)),
        fileOf(plan, [requestOf(1, 'one')], { writer: { ...elsewhere, instance } }),
      );
    }
    const journal = open();
    const { signal } = new AbortController();
    const take = (id: RunId) => journal.reconcile(id, { look: 'givenUp', signal });
    assert.equal(await take(runId), undefined);
    journal.takeOverFrom(elsewhere);
    assert.equal(await take(another), undefined);
    assert.equal((await take(runId))?.run.finished?.reason, 'givenUp');
  });

  it('says which file could not be removed', async () => {
    const names: (string | undefined)[] = [];
    const journal = new JournalFolder({
      folder,
      extensionVersion: '0.1.0',
      now,
      limits: () => ({ keepDays: 1, maxBytes: Infinity }),
      onDidRelease: () => undefined,
      onRetentionFailed: (_error, fileName) => names.push(fileName),
    });
    const remove = Object.getOwnPropertyDescriptor(FolderFiles.prototype, 'remove');
    Object.defineProperty(FolderFiles.prototype, 'remove', {
      ...remove,
      value: () => Promise.reject(new Error('kept')),
    });
    try {
      await end(await begin(journal));
      await until(() => names.length > 0);
    } finally {
      Object.defineProperty(FolderFiles.prototype, 'remove', remove ?? {});
    }
    assert.deepEqual(names, [runFileName(old)]);
  });

  it('takes up a run that was interrupted', async () => {
    writeFileSync(
      join(folder, runFileName(runId)),
      fileOf(plan, [requestOf(1, 'one')], {
        writer: { extension: '0.1.0', host: 'elsewhere', pid: 1, instance: 'gone' },
      }),
    );
    const journal = new JournalFolder({
      folder,
      extensionVersion: '0.1.0',
      now: () => new Date(Date.now() + 2 * 24 * 60 * 60 * 1000),
      limits: () => ({ keepDays: 100_000, maxBytes: Infinity }),
      onDidRelease: () => undefined,
      onRetentionFailed: (error) => failures.push(error),
    });
    const { signal } = new AbortController();
    const settled = await journal.reconcile(runId, { look: 'givenUp', signal });
    assert.equal(settled?.run.finished?.reason, 'givenUp');
    assert.deepEqual(
      settled.run.resumedBy.map(({ writer }) => writer),
      [journal.liveness.self],
    );
    assert.deepEqual(files(), [runFileName(old), runFileName(runId)]);
  });
});
