import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { HubConnection } from '../../../src/connection/hubConnection';
import { DeletionHistory } from '../../../src/history/deletionHistory';
import { exportRuns } from '../../../src/history/exportRuns';
import { InterruptedRuns } from '../../../src/history/interruptedRuns';
import { parseRepositoryRef } from '../../../src/hub/names';
import type { RunHeader } from '../../../src/journal/journalFormat';
import { lateCompletionMs } from '../../../src/hub/deletion/lateCompletion';
import { thisWriter } from '../../../src/journal/writer';
import { FakeImageApi } from '../../support/fakeImageApi';
import { imageOf } from '../../support/images';
import { idOf } from '../../support/processes';
import {
  completedAnswer,
  fileOf,
  finished,
  journalImage,
  keyOf,
  outcomesOf,
  planOfImages,
  requestOf,
  runId,
  runIn,
} from '../../support/runs';
import { until } from '../../support/until';

const plan = planOfImages([
  journalImage('one', { currentTags: ['latest', '=HYPERLINK("x")'] }),
  journalImage('two'),
]);
const now = () => new Date();
/** Of a process that is no more: this one has its number. */
const goneWriter = { ...thisWriter('0.1.0'), instance: 'gone' };

describe('deletion history', () => {
  let root: string;
  let connection: Pick<HubConnection, 'kind' | 'origin' | 'images'> | undefined;
  let history: DeletionHistory;
  const errors: string[] = [];
  const changed = new vscode.EventEmitter<void>();

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'hub-images-history-'));
    connection = undefined;
    errors.length = 0;
    const settings = {
      apiUrl: plan.origin,
      pageSize: 100,
      journalLimits: { keepDays: 365, maxBytes: 1_000_000 },
    };
    history = new DeletionHistory({ ...options(), settings });
  });
  afterEach(async () => {
    history.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(root, { recursive: true, force: true });
  });

  it('shares the locks of repositories with other windows, and leaves none behind', async () => {
    const place = { origin: plan.origin, repositories: [parseRepositoryRef('acme/api')] };
    const held = await history.locks.acquire(place);
    assert.ok(held.kind === 'locked');
    const [name = ''] = readdirSync(join(root, 'deletions'));
    assert.equal((await history.locks.acquire(place)).kind, 'busy');
    await held.release();
    assert.deepEqual(readdirSync(join(root, 'deletions')), []);

    const other = { ...thisWriter('0.1.0'), instance: 'another window', ...idOf(process.ppid) };
    writeFileSync(join(root, 'deletions', name), JSON.stringify(other));
    assert.deepEqual(await history.locks.acquire(place), {
      kind: 'busy',
      repository: place.repositories[0],
      holder: 'otherWindow',
    });
    writeFileSync(join(root, 'deletions', name), JSON.stringify(goneWriter));
    assert.equal((await history.locks.acquire(place)).kind, 'locked');
  });

  const options = () => ({
    folder: vscode.Uri.file(join(root, 'deletions')),
    extensionVersion: '0.1.0',
    connections: {
      get current() {
        return connection as HubConnection | undefined; // as much of one as is used here
      },
      onDidChange: changed.event,
    },
    log: { info: () => undefined, error: (message: string | Error) => void errors.push(String(message)) },
    now,
  });

  const put = (id: string, ...[records, facts]: [Parameters<typeof fileOf>[1]?, Partial<RunHeader>?]) => {
    mkdirSync(join(root, 'deletions'), { recursive: true });
    writeFileSync(join(root, 'deletions', `${id}.jsonl`), fileOf(plan, records, facts));
  };
  const read = (id: string) => runIn(readFileSync(join(root, 'deletions', `${id}.jsonl`)));

  it('does nothing with files before it is used', () => {
    history.journal('hub');
    assert.deepEqual(readdirSync(root), []);
  });

  it('writes what a deletion tells, for this account only', async () => {
    const run = await history.journal('hub').begin(plan);
    await run.append(requestOf(1, 'one'));
    const [name = ''] = readdirSync(join(root, 'deletions'));
    const found = read(name.replace('.jsonl', ''));
    assert.deepEqual([found.plan, found.requests.length, found.writer.pid], [plan, 1, process.pid]);
  });

  it('opens as a text, newest first', async () => {
    put('20260101T000000000Z-00000001', [requestOf(1, 'one'), completedAnswer(1, 1), finished]);
    put('20260301T000000000Z-00000001', [outcomesOf({ one: 'notSent', two: 'notSent' }), finished]);
    await history.show();
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.equal(document.uri.scheme, 'hub-images-history');
    assert.equal(document.languageId, 'plaintext');
    const text = document.getText();
    assert.ok(text.includes(keyOf('one')) && text.includes('User          ada'));
    assert.ok(text.indexOf('20260301') < text.indexOf('20260101'));
  });

  it('shows what was added since, when it is opened again', async () => {
    put('20260101T000000000Z-00000001', [finished]);
    await history.show();
    put(runId, [finished]);
    await history.show();
    const document = vscode.window.activeTextEditor?.document;
    await until(() => document?.getText().includes(runId) === true);
  });

  for (const format of ['json', 'csv', 'md'] as const) {
    it(`is exported as ${format}`, async () => {
      put(runId, [outcomesOf({ one: 'deleted', two: 'notSent' }), finished]);
      const file = join(root, `history.${format}`);
      assert.deepEqual(await exportRuns(history, format, vscode.Uri.file(file)), {
        deletions: 1,
        unreadable: 0,
      });
      const text = readFileSync(file, 'utf8');
      assert.ok(text.includes('ada') && text.includes('deleted') && text.includes('HYPERLINK'));
      if (format === 'json') {
        JSON.parse(text);
      }
    });
  }

  it('says in words why it could not be exported', async () => {
    await assert.rejects(exportRuns(history, 'csv', vscode.Uri.file(root)), {
      name: 'RangeError',
      message: /could not be written to .*: it is a folder/,
    });
  });

  const takeUp = async () => {
    const journal = await history.journalFolder();
    const settings = { apiUrl: plan.origin, pageSize: 100, journalLimits: { keepDays: 1, maxBytes: 1 } };
    const interrupted = new InterruptedRuns({
      ...options(),
      settings,
      journal,
      onDidReconcile: () => undefined,
      showHistory: () => Promise.resolve(),
      onDidLook: () => undefined,
    });
    await interrupted.look();
    return interrupted;
  };
  const listing = new FakeImageApi([imageOf('two')]);

  it('counts the deletions that are not over and that no window is at, and tells when there are none any more', async () => {
    const counts: number[] = [];
    history.onDidCountUnfinished((count) => counts.push(count));
    const another = { ...thisWriter('0.1.0'), instance: 'another window', ...idOf(process.ppid) };
    put('20260101T000000000Z-00000001', [requestOf(1, 'one')], { writer: goneWriter });
    put('20260102T000000000Z-00000001', [requestOf(1, 'one')], { writer: another }); // it is at it
    put('20260103T000000000Z-00000001', [finished], { writer: goneWriter });
    const check = () => history.check(new AbortController().signal, () => undefined);
    await check(); // nobody is signed in
    await until(() => counts.length === 1);
    connection = { kind: 'hub', origin: plan.origin, images: listing };
    await check();
    await until(() => counts.length === 2);
    assert.deepEqual(counts, [1, 0]);
  });

  it('finds out after a start what became of an interrupted deletion', async () => {
    put(runId, [requestOf(1, 'one'), completedAnswer(1, 1)], { writer: goneWriter });
    connection = { kind: 'hub', origin: plan.origin, images: listing };
    (await takeUp()).dispose();
    assert.deepEqual(
      read(runId).images.map(({ outcome }) => outcome),
      ['deleted', 'notSent'],
    );
    assert.deepEqual([read(runId).state, errors], ['finished', []]);
  });

  it('lists a deletion once more whose answer was lost, when it can no longer be carried out', async () => {
    const outcomes = () => read(runId).images.map(({ outcome }) => outcome);
    const lost = {
      type: 'answer',
      at: plan.at,
      number: 1,
      answer: { kind: 'lost', reason: 'timeout' },
    } as const;
    put(runId, [requestOf(1, 'one'), lost, outcomesOf({ one: 'failed', two: 'notSent' })], {
      writer: goneWriter,
    });
    connection = { kind: 'hub', origin: plan.origin, images: listing };
    const interrupted = await takeUp();
    assert.deepEqual([outcomes(), read(runId).state], [['failed', 'notSent'], 'unfinished']);
    const longAgo = new Date(Date.now() - lateCompletionMs);
    utimesSync(join(root, 'deletions', `${runId}.jsonl`), longAgo, longAgo);
    await interrupted.look();
    assert.deepEqual([outcomes(), read(runId).state], [['deleted', 'notSent'], 'finished']);
    interrupted.dispose();
  });

  it('waits for somebody to sign in to the server of the deletion', async () => {
    put(runId, [requestOf(1, 'one'), completedAnswer(1, 1)], { writer: goneWriter });
    connection = { kind: 'hub', origin: 'https://other.example', images: listing };
    const interrupted = await takeUp();
    assert.equal(read(runId).state, 'unfinished');
    connection = { kind: 'hub', origin: plan.origin, images: listing };
    changed.fire();
    await interrupted.look();
    assert.equal(read(runId).state, 'finished');
    interrupted.dispose();
  });

  it('ends a deletion in a sandbox that is gone, and asks the server that has its port now nothing', async () => {
    put(runId, [requestOf(1, 'one')], { writer: { ...goneWriter, host: 'elsewhere' }, server: 'sandbox' });
    put('20260301T000000000Z-00000001', [requestOf(1, 'one'), completedAnswer(1, 1)], {
      writer: goneWriter,
      server: 'sandbox',
    });
    const images = new FakeImageApi();
    images.listImages = () => Promise.reject(new Error('asked'));
    connection = { kind: 'hub', origin: plan.origin, images };
    (await takeUp()).dispose();
    assert.equal(read('20260301T000000000Z-00000001').finished?.reason, 'sandboxGone');
    assert.equal(read(runId).finished, undefined); // its process cannot be asked yet
    assert.deepEqual(errors, []);
  });
});
