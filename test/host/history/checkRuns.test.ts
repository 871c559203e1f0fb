import assert from 'node:assert/strict';
import { UnreadableLockError } from '../../../src/journal/lockFile';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { HubConnection } from '../../../src/connection/hubConnection';
import { DeletionHistory } from '../../../src/history/deletionHistory';
import type { Reconciliation } from '../../../src/history/reconciliation';
import { checkText } from '../../../src/history/texts/runs';
import type { RunRecord } from '../../../src/hub/deletion/journal';
import { HubError } from '../../../src/hub/errors';
import type { RepositoryRef } from '../../../src/hub/names';
import type { ServerKind } from '../../../src/journal/journalFormat';
import { thisWriter } from '../../../src/journal/writer';
import { FakeImageApi } from '../../support/fakeImageApi';
import { imageOf } from '../../support/images';
import { idOf } from '../../support/processes';
import {
  completedAnswer,
  fileOf,
  journalImage,
  keyOf,
  outcomesOf,
  planOfImages,
  requestOf,
  runId,
  runIn,
} from '../../support/runs';

const plan = planOfImages([journalImage('one'), journalImage('two')]);
const sent = [requestOf(1, 'one'), completedAnswer(1, 1)];
const unconfirmed = outcomesOf({ one: 'unconfirmed', two: 'notSent' });
const lost: RunRecord = {
  type: 'answer',
  at: plan.at,
  number: 1,
  answer: { kind: 'lost', reason: 'timeout' },
};

describe('checking unconfirmed deletions', () => {
  let folder: string;
  let connection: Pick<HubConnection, 'kind' | 'origin' | 'images'> | undefined;
  let history: DeletionHistory;
  let settled: RepositoryRef[];
  let reconciled: Reconciliation[];
  const changed = new vscode.EventEmitter<void>();
  let images: FakeImageApi;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hub-images-check-'));
    settled = [];
    reconciled = [];
    images = new FakeImageApi([imageOf('two')]);
    connection = { kind: 'hub', origin: plan.origin, images };
    history = new DeletionHistory({
      folder: vscode.Uri.file(folder),
      extensionVersion: '0.1.0',
      connections: {
        get current() {
          return connection as HubConnection | undefined; // as much of one as is used here
        },
        onDidChange: changed.event,
      },
      settings: {
        apiUrl: plan.origin,
        pageSize: 100,
        journalLimits: { keepDays: 365, maxBytes: 1_000_000 },
      },
      log: { info: () => undefined, error: () => undefined },
      now: () => new Date(),
    });
    history.onDidReconcile((reconciliation) => {
      reconciled.push(reconciliation);
      settled.push(...reconciliation.repositories);
    });
  });
  afterEach(() => {
    history.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A deletion of this window that has come so far, and has not ended. */
  const begin = async (server: ServerKind, ...records: readonly RunRecord[]) => {
    const run = await history.journal(server).begin(plan);
    for (const record of records) {
      await run.append(record);
    }
    return run;
  };
  const put = (pid: number, ...records: readonly RunRecord[]) => {
    const writer = { ...thisWriter('0.1.0'), instance: 'another', ...idOf(pid) };
    writeFileSync(join(folder, `${runId}.jsonl`), fileOf(plan, records, { writer }));
  };
  const check = async (signal = new AbortController().signal) => {
    const result = await history.check(signal, () => undefined);
    return {
      text: checkText(result, new Date()),
      reasons: result.open.map(({ reason }) => reason),
      ...result,
    };
  };
  const outcomes = () => {
    const [name = ''] = readdirSync(folder);
    return runIn(readFileSync(join(folder, name))).images.map(({ outcome }) => outcome);
  };

  it('says so where there is nothing to check', async () => {
    assert.equal(
      (await check()).text,
      'There is nothing to check: the result of every deletion is known or is no longer checked.',
    );
  });

  it('settles a deletion of this window that could not be listed when it ended', async () => {
    (await begin('hub', ...sent, unconfirmed)).release();
    const reported: number[][] = [];
    const result = await history.check(new AbortController().signal, (...progress) => {
      reported.push(progress);
    });
    assert.deepEqual(outcomes(), ['deleted', 'notSent']);
    assert.match(
      checkText(result, new Date()),
      /^Deletion in acme\/api, .*: 1 of 2 images was deleted\. 1 image was not deleted: no request was sent for it\.$/,
    );
    assert.deepEqual([reported, settled.length], [[[0, 1]], 1]);
  });

  it('tells the run and its outcomes, each time that it was listed', async () => {
    const run = await begin('hub', requestOf(1, 'one'), lost, unconfirmed);
    run.release();
    images.images = [imageOf('one'), imageOf('two')];
    await check();
    images.images = [imageOf('two')];
    await check();
    await check(); // over by now
    assert.deepEqual(
      reconciled.map(({ runId, outcomes: found }) => [runId, [...found]]),
      (['unconfirmed', 'deleted'] as const).map((one) => [
        run.id,
        [
          [keyOf('one'), one],
          [keyOf('two'), 'notSent'],
        ],
      ]),
    );
    assert.equal(`${run.id}.jsonl`, readdirSync(folder)[0]);
  });

  it('leaves a deletion alone that is under way, whatever it has written so far', async () => {
    await begin('hub', ...sent, unconfirmed);
    const { reasons, text } = await check();
    assert.deepEqual(reasons, ['underWay']);
    assert.equal(text, 'The result of 1 deletion is still unknown: a deletion is running in this window.');
    assert.deepEqual([outcomes(), settled], [['unconfirmed', 'notSent'], []]);
  });

  it('settles what a process left that has gone', async () => {
    put(process.pid, ...sent); // its number is this one's now
    assert.equal((await check()).settled.length, 1);
    assert.deepEqual(outcomes(), ['deleted', 'notSent']);
  });

  it('leaves a deletion alone whose process lives', async () => {
    put(process.ppid, ...sent);
    assert.deepEqual((await check()).reasons, ['otherWindow']);
    assert.deepEqual(outcomes(), ['open', 'open']);
  });

  it('looks into the others where one file cannot be read, and names it', async () => {
    mkdirSync(join(folder, '20260531T120000000Z-0a1b2c3d.jsonl'));
    writeFileSync(join(folder, '20260602T120000000Z-0a1b2c3d.jsonl'), new Uint8Array(100));
    put(process.pid, ...sent); // its number is this one's now
    const { settled: over, unreadable, text } = await check();
    assert.deepEqual(
      over.map(({ id }) => id),
      [runId],
    );
    assert.deepEqual(unreadable, [
      { id: '20260602T120000000Z-0a1b2c3d', unreadable: 'damaged' },
      { id: '20260531T120000000Z-0a1b2c3d', unreadable: 'notAFile' },
    ]);
    assert.match(text, /: 1 of 2 images was deleted\..* 2 files of the deletion history cannot be read/);
    assert.ok(!text.includes(folder));
  });

  it('looks into the others where one file cannot be written', async () => {
    put(process.pid, ...sent);
    const other = '20260602T120000000Z-0a1b2c3d';
    const writer = { ...thisWriter('0.1.0'), instance: 'another' };
    writeFileSync(join(folder, `${other}.jsonl`), fileOf(plan, sent, { writer }));
    const { store } = await history.journalFolder();
    const resume = store.resume.bind(store);
    store.resume = (id, file) =>
      id === other ? Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })) : resume(id, file);
    const { settled: over, reasons } = await check();
    assert.deepEqual([over.map(({ id }) => id), reasons], [[runId], ['notRecorded']]);
  });

  it('looks into the others where the system does not say who has the lock of one', async () => {
    put(process.pid, ...sent);
    const other = '20260602T120000000Z-0a1b2c3d';
    const writer = { ...thisWriter('0.1.0'), instance: 'another' };
    writeFileSync(join(folder, `${other}.jsonl`), fileOf(plan, sent, { writer }));
    const journal = await history.journalFolder();
    const reconcile = journal.reconcile.bind(journal);
    journal.reconcile = (id, options) =>
      id === other ? Promise.reject(new UnreadableLockError('the lock')) : reconcile(id, options);
    const { settled: over, reasons } = await check();
    assert.deepEqual([over.map(({ id }) => id), reasons], [[runId], ['notRecorded']]);
  });

  it('lets a person take over where a number of a process may have been used again, and settles it then', async () => {
    const { extension, host } = thisWriter('0.1.0');
    const writer = { extension, host, pid: process.ppid, instance: 'another' }; // without its start
    writeFileSync(join(folder, `${runId}.jsonl`), fileOf(plan, sent, { writer }));
    const { open, reasons } = await check();
    assert.deepEqual(reasons, ['maybeOtherWindow']);
    assert.deepEqual([open[0]?.holder?.writer, open[0]?.holder?.state], [writer, 'startUnknown']);
    (await history.journalFolder()).takeOverFrom(writer);
    assert.deepEqual(
      (await check()).settled.map(({ id }) => id),
      [runId],
    );
    assert.deepEqual(outcomes(), ['deleted', 'notSent']);
  });

  it('says that a repository could not be listed', async () => {
    (await begin('hub', ...sent, unconfirmed)).release();
    images.listImages = () =>
      Promise.reject(new HubError('server', { method: 'GET', path: '/', status: 503 }));
    assert.deepEqual((await check()).reasons, ['notListed']);
    connection = { kind: 'hub', origin: plan.origin, images: new FakeImageApi([imageOf('two')]) };
    assert.deepEqual((await check()).reasons, []);
  });

  it('does not call a deletion over that may still be carried out', async () => {
    (await begin('hub', requestOf(1, 'one'), lost, outcomesOf({ one: 'failed', two: 'notSent' }))).release();
    images.images = [imageOf('one'), imageOf('two')];
    assert.deepEqual((await check()).reasons, ['lateCompletion']);
    images.images = [imageOf('two')];
    assert.match(
      (await check()).text,
      /: 1 of 2 images was deleted\. 1 image was not deleted: no request was sent for it\./,
    );
  });

  it('asks no other server, and says what is missing', async () => {
    (await begin('hub', ...sent, unconfirmed)).release();
    connection = { kind: 'hub', origin: 'https://other.example', images };
    assert.deepEqual((await check()).reasons, ['otherServer']);
    connection = { kind: 'sandbox', origin: plan.origin, images };
    assert.deepEqual((await check()).reasons, ['sandboxInUse']);
    connection = undefined;
    assert.deepEqual((await check()).reasons, ['otherServer']);
  });

  it('lists in the sandbox of this window while it runs, and not when it is gone', async () => {
    connection = { kind: 'sandbox', origin: plan.origin, images };
    (await begin('sandbox', ...sent, unconfirmed)).release();
    assert.match(
      (await check()).text,
      /1 of 2 images was deleted\. 1 image was not deleted: no request was sent for it\./,
    );
    (await begin('sandbox', ...sent, unconfirmed)).release();
    connection = { kind: 'hub', origin: plan.origin, images };
    const { settled: over } = await check();
    assert.deepEqual(
      over.map(({ run }) => run.finished?.reason),
      ['sandboxGone'],
    );
  });

  it('settles nothing where it is cancelled', async () => {
    (await begin('hub', ...sent, unconfirmed)).release();
    await check(AbortSignal.abort());
    assert.deepEqual(outcomes(), ['unconfirmed', 'notSent']);
  });
});
