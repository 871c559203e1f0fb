import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { MemoryRepositoryLocks } from '../../../src/hub/deletion/memoryRepositoryLocks';
import type { Delay } from '../../../src/hub/delay';
import { ManagementImageApi } from '../../../src/hub/management/managementImageApi';
import { isToWebview, type StateMessage } from '../../../src/review/protocol';
import { ReviewPanel } from '../../../src/review/reviewPanel';
import { sandboxAccounts, SandboxWorld } from '../../../src/sandbox/index';
import { CapturedTab } from '../../support/capturedTab';
import { CapturedWindow } from '../../support/capturedWindow';
import { createTestClient } from '../../support/hubHttp';
import { plannedImage, planOf } from '../../support/images';
import { MemoryJournal } from '../../support/memoryJournal';
import { withSandbox } from '../../support/sandbox';
import { until } from '../../support/until';

const images = ['one', 'two', 'three', 'four'].map((seed) => plannedImage('demo/app', seed));

describe('a review whose requests wait', () => {
  const hub = withSandbox(() => {
    const world = new SandboxWorld();
    world.addUser(sandboxAccounts.demo);
    const repository = world.addRepository('demo/app');
    images.forEach(({ image: { digest } }) => {
      repository.push({ digest, at: new Date('2020-01-01T00:00:00Z') });
    });
    return { world };
  });
  let tab: CapturedTab;
  let window: CapturedWindow;
  let log: vscode.LogOutputChannel;
  let endPause: () => void;

  beforeEach(() => {
    tab = new CapturedTab();
    window = new CapturedWindow({ showWarningMessage: (...args) => args[2] });
    log = vscode.window.createOutputChannel('Test', { log: true });
  });
  afterEach(() => {
    tab.close();
    tab.restore();
    window.restore();
    log.dispose();
  });

  const states = () => tab.sent.filter(isToWebview).filter((message) => message.type === 'state');
  const state = (): StateMessage => states().at(-1) ?? assert.fail('no state was sent');
  const act = (action: 'delete' | 'cancel') => {
    tab.send({ type: 'action', action });
  };
  const deletions = () =>
    hub.exchanges.filter(({ requestBody }) => Reflect.get(Object(requestBody), 'dry_run') === false).length;

  /** A pause lasts until the test ends it. */
  const delay: Delay = (_ms, signal) =>
    new Promise((resolve, reject) => {
      endPause = resolve;
      signal.addEventListener('abort', () => {
        reject(new Error('aborted'));
      });
    });

  function open(): void {
    const token = hub.sandbox.tokens.issue('demo');
    const { http } = createTestClient(hub.url, { accessToken: () => Promise.resolve(token), delay });
    ReviewPanel.open({
      plan: planOf(images),
      api: new ManagementImageApi(http),
      username: 'demo',
      journal: new MemoryJournal(),
      locks: new MemoryRepositoryLocks(),
      batchSize: 2,
      pageSize: 100,
      now: () => new Date(),
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
  }

  /** The answer of the nth dry run or deletion says that the limit is used up. */
  function useUpLimit(isDryRun: boolean): void {
    hub.faults.add({
      on: {
        operation: 'PostNamespacesDeleteImages',
        when: ({ requestBody }) => Reflect.get(Object(requestBody), 'dry_run') === isDryRun,
        nth: isDryRun ? 2 : 1,
      },
      fault: isDryRun
        ? { kind: 'status', status: 429, headers: { 'retry-after': '41' }, body: {} }
        : {
            kind: 'status',
            afterEffect: true,
            status: 200,
            body: {
              dry_run: false,
              metrics: { manifest_deletes: 2, manifest_errors: 0, tag_deletes: 0, tag_errors: 0 },
            },
            headers: {
              'x-ratelimit-limit': '180',
              'x-ratelimit-remaining': '0',
              'x-ratelimit-reset': `${Math.floor(Date.now() / 1000) + 41}`,
            },
          },
    });
  }

  async function pauseDeletion(): Promise<void> {
    open();
    await until(() => state().canDelete);
    useUpLimit(false);
    act('delete');
    await until(() => state().pause !== null);
  }

  it('says so beside the count of a dry run, and goes on afterwards', async () => {
    useUpLimit(true);
    open();
    await until(() => state().pause !== null);
    assert.equal(state().pause?.done, '2 of 4 checked.');
    assert.match(
      state().pause?.countdown ?? '',
      /^Waiting for Docker Hub's rate limit, continues in 0:(41|40)$/,
    );
    assert.equal(state().pause?.reason, "Waiting for Docker Hub's rate limit.");
    endPause();
    await until(() => state().phase === 'reviewing');
    assert.equal(state().pause, null);
  });

  it('counts the seconds down beside the count of a deletion', async () => {
    await pauseDeletion();
    const first = state().pause;
    assert.equal(first?.done, '2 of 4 deleted.');
    await until(() => state().pause?.countdown !== first.countdown);
    assert.equal(state().pause?.reason, first.reason, 'screen readers hear nothing new');
    assert.equal(state().pause?.done, first.done);
    endPause();
    await until(() => state().phase === 'finished');
    assert.equal(state().result?.deleted, 4);
    assert.equal(deletions(), 2);
  });

  it('stops at once when it is canceled, sends no deletion afterwards, and can give up the listing, too', async () => {
    await pauseDeletion();
    act('cancel');
    await until(() => state().phase === 'verifying' && state().pause !== null);
    assert.match(state().pause?.countdown ?? '', /^Waiting for Docker Hub's rate limit/);
    act('cancel');
    await until(() => state().phase === 'reviewing');
    assert.equal(state().pause, null);
    assert.equal(deletions(), 1);
    endPause();
    await new Promise(setImmediate);
    assert.equal(deletions(), 1);
  });
});
