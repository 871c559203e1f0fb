import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { MemoryRepositoryLocks } from '../../../src/hub/deletion/memoryRepositoryLocks';
import { isToWebview, type StateMessage } from '../../../src/review/protocol';
import { ReviewPanel } from '../../../src/review/reviewPanel';
import { RunningDeletions } from '../../../src/review/runningDeletions';
import { CapturedStatusBar } from '../../support/capturedStatusBar';
import { CapturedTab } from '../../support/capturedTab';
import { CapturedWindow } from '../../support/capturedWindow';
import { FakeImageApi } from '../../support/fakeImageApi';
import { plannedImage, planOf } from '../../support/images';
import { MemoryJournal } from '../../support/memoryJournal';
import { until } from '../../support/until';

const revealCommand = '_hubImages.review.reveal';
const images = ['one', 'two', 'three'].map((seed) => plannedImage('acme/api', seed));

describe('a deletion in the status bar', () => {
  let tab: CapturedTab;
  let bar: CapturedStatusBar;
  let window: CapturedWindow;
  let log: vscode.LogOutputChannel;
  let api: FakeImageApi;
  /** Lets the server answer the request that deletes. */
  let answer: () => void;
  /** Lets the server answer the listing after the deletion. */
  let list: () => void;

  beforeEach(() => {
    tab = new CapturedTab();
    bar = new CapturedStatusBar();
    window = new CapturedWindow({ showWarningMessage: (...args) => args[2] });
    log = vscode.window.createOutputChannel('Test', { log: true });
    api = new FakeImageApi(images.map(({ image }) => image));
    answer = () => assert.fail('nothing waits');
    api.answerDeletion = (request) =>
      new Promise((resolve) => {
        answer = () => {
          resolve(api.remove(request));
        };
      });
  });
  afterEach(async () => {
    tab.close();
    await until(() => bar.items.length === 0);
    tab.restore();
    window.restore();
    bar.restore();
    log.dispose();
  });

  const state = (): StateMessage =>
    tab.sent.filter(isToWebview).findLast((message) => message.type === 'state') ??
    assert.fail('no state was sent');
  const isRegistered = async () => (await vscode.commands.getCommands()).includes(revealCommand);

  async function beginDeletion(): Promise<void> {
    ReviewPanel.open({
      plan: planOf(images),
      api,
      username: 'demo',
      journal: new MemoryJournal(),
      locks: new MemoryRepositoryLocks(),
      batchSize: 1,
      pageSize: 100,
      now: () => new Date('2026-06-01T00:00:00Z'),
      onDidDelete: () => undefined,
      extensionUri: vscode.Uri.file('/extension'),
      isSandbox: false,
      typingThreshold: () => ({ images: 25, isForActiveOrTagged: true }),
      planNotices: [],
      onDidChangeProtection: () => new vscode.Disposable(() => undefined),
      onDidReconcile: () => new vscode.Disposable(() => undefined),
      showReferences: () => undefined,
      log,
    });
    tab.send({ type: 'ready' });
    await until(() => state().canDelete);
    assert.deepEqual(bar.items, [], 'nothing is deleted yet');
    tab.send({ type: 'action', action: 'delete' });
    await until(() => api.deletions.length === 1);
  }

  /** Answers the request under way, and waits until the next one is. */
  async function next(): Promise<void> {
    const sent = api.deletions.length;
    answer();
    await until(() => api.deletions.length > sent);
  }

  it('counts its images, says that its outcome is looked for, and goes when that is known', async () => {
    await beginDeletion();
    assert.deepEqual(bar.texts, ['$(loading~spin) Deleting 0 of 3']);
    assert.equal(bar.items[0]?.tooltip, 'acme/api: Deleting 0 of 3\nSelect to show the review.');
    assert.equal(bar.items[0].accessibilityInformation?.label, 'Hub Images: Deleting 0 of 3');
    await next();
    assert.deepEqual(bar.texts, ['$(loading~spin) Deleting 1 of 3']);
    await next();
    const listImages = api.listImages.bind(api);
    api.listImages = async (...args) => {
      await new Promise<void>((resolve) => (list = resolve));
      return listImages(...args);
    };
    answer();
    await until(() => bar.texts[0] === '$(loading~spin) Checking the deletion');
    list();
    await until(() => state().phase === 'finished');
    assert.deepEqual(bar.items, []);
    assert.equal(await isRegistered(), false);
  });

  it('brings its review to the front', async () => {
    await beginDeletion();
    assert.equal(bar.items[0]?.command, revealCommand);
    const before = tab.revealed;
    await vscode.commands.executeCommand(revealCommand);
    assert.equal(tab.revealed, before + 1);
    await next();
    await next();
    answer();
  });

  it('stays after its tab was closed until it has stopped', async () => {
    await beginDeletion();
    tab.close();
    assert.deepEqual(bar.texts, ['$(loading~spin) Stopping the deletion']);
    answer();
    await until(() => bar.items.length === 0);
    assert.equal(api.deletions.length, 1);
  });

  it('shares one item with others, which leads to the first that still runs', async () => {
    const deletions = new RunningDeletions();
    const revealed: string[] = [];
    const deletion = { phase: 'deleting', done: 1, total: 4, repositories: ['acme/api'] } as const;
    const first = deletions.add(() => revealed.push('first'));
    assert.deepEqual(bar.items, []);
    first.show(deletion);
    const second = deletions.add(() => revealed.push('second'));
    second.show({ ...deletion, done: 2, repositories: ['acme/billing'] });
    assert.deepEqual(bar.texts, ['$(loading~spin) 2 deletions: 3 of 8']);
    await vscode.commands.executeCommand(revealCommand);
    first.dispose();
    assert.deepEqual(bar.texts, ['$(loading~spin) Deleting 2 of 4']);
    await vscode.commands.executeCommand(revealCommand);
    assert.deepEqual(revealed, ['first', 'second']);
    second.dispose();
    assert.deepEqual(bar.items, []);
    deletions.dispose();
  });
});
