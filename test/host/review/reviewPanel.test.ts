import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LaterOutcomes } from '../../../src/hub/deletion/laterOutcomes';
import { MemoryRepositoryLocks } from '../../../src/hub/deletion/memoryRepositoryLocks';
import type { ImageOutcome } from '../../../src/hub/deletion/outcome';
import { Protection } from '../../../src/hub/deletion/protection';
import type { DeletionAnswer } from '../../../src/hub/deletionAnswer';
import {
  type DeletionRequest,
  imageKey,
  type ImageKey,
  type PlannedImage,
} from '../../../src/hub/deletionRequest';
import { HubError } from '../../../src/hub/errors';
import {
  type FromWebview,
  isToWebview,
  type RowsMessage,
  type StateMessage,
} from '../../../src/review/protocol';
import { ReviewPanel } from '../../../src/review/reviewPanel';
import { CapturedTab } from '../../support/capturedTab';
import { CapturedWindow } from '../../support/capturedWindow';
import { FakeImageApi, nothingRemoved, refusal } from '../../support/fakeImageApi';
import { imageOf, plannedImage, planOf } from '../../support/images';
import { MemoryJournal } from '../../support/memoryJournal';
import { until } from '../../support/until';

const one = plannedImage('acme/api', 'one');
const two = plannedImage('acme/api', 'two');

/** A dry run that finds these tags on each image. */
function tagsOn(...tags: readonly string[]): (request: DeletionRequest) => DeletionAnswer {
  return ({ repository, digests }) =>
    refusal({
      warnings: digests.map((digest) => ({
        repository: repository.name,
        digest,
        warning: 'current_tag',
        tags,
      })),
    });
}

describe('review panel', () => {
  let tab: CapturedTab;
  let log: vscode.LogOutputChannel;
  let api: FakeImageApi;
  let patterns: readonly string[];
  let protectionChanged: vscode.EventEmitter<void>;
  let reconciled: vscode.EventEmitter<LaterOutcomes>;

  beforeEach(() => {
    tab = new CapturedTab();
    log = vscode.window.createOutputChannel('Test', { log: true });
    api = new FakeImageApi([one.image, two.image]);
    api.answerDryRun = tagsOn('latest');
    patterns = [];
    protectionChanged = new vscode.EventEmitter();
    reconciled = new vscode.EventEmitter();
  });
  afterEach(() => {
    tab.close();
    tab.restore();
    log.dispose();
    protectionChanged.dispose();
    reconciled.dispose();
  });

  const send = (message: FromWebview) => {
    tab.send(message);
  };
  const messages = () => tab.sent.filter(isToWebview);
  const state = (): StateMessage =>
    messages().findLast((message) => message.type === 'state') ?? assert.fail('no state was sent');
  const rows = (count = 10): RowsMessage => {
    send({ type: 'rowsRequested', first: 0, count });
    return messages().findLast((message) => message.type === 'rows') ?? assert.fail('no rows were sent');
  };
  /** Waits until the webview was told what came of all its decisions. */
  const isDecided = (count: number) => until(() => state().decisionCount === count);
  const accepted = () => state().warnings.current_tag.accepted;

  async function open(images: readonly PlannedImage[] = [one, two]): Promise<void> {
    ReviewPanel.open({
      plan: planOf(images, { protectionInForce: () => new Protection(patterns) }),
      api,
      username: 'demo',
      journal: new MemoryJournal(),
      locks: new MemoryRepositoryLocks(),
      batchSize: 25,
      pageSize: 100,
      now: () => new Date('2026-06-01T00:00:00Z'),
      onDidDelete: () => undefined,
      extensionUri: vscode.Uri.file('/extension'),
      isSandbox: false,
      typingThreshold: () => ({ images: 25, isForActiveOrTagged: true }),
      planNotices: [],
      onDidChangeProtection: (listener) => protectionChanged.event(listener),
      onDidReconcile: reconciled.event,
      showReferences: () => undefined,
      log,
    });
    send({ type: 'ready' });
    await until(() => state().phase === 'reviewing');
  }

  /** Repeats the dry run, which finds other tags, and does not ask for the rows. */
  async function findOtherTags(): Promise<void> {
    const { findingsRevision } = state();
    api.answerDryRun = tagsOn('latest', 'prod');
    send({ type: 'action', action: 'repeatDryRun' });
    await until(() => state().phase === 'reviewing' && state().findingsRevision > findingsRevision);
  }

  const acceptRow = ({ id, findingsRevision }: RowsMessage['rows'][number], isAccepted = true) => {
    send({ type: 'warningAccepted', id, findingsRevision, kind: 'current_tag', isAccepted });
  };

  it('says of images whose pulls are not known that they are not, and never that there was none', async () => {
    const untold = { status: 'unknown', arePullsUnknown: true } as const;
    const part = imageOf('part', { ...untold, lastPushed: undefined, platform: 'linux/amd64' });
    const index = plannedImage('acme/api', 'index', { ...untold, role: 'index', parts: [part] });
    api.images = [index.image];
    await open([index]);
    const [row] = rows().rows;
    assert.equal(row?.status, 'unknown');
    assert.equal(row.activity, 'last pushed 365 days ago, last pull not known');
    assert.match(row.activityDetail, /\nLast pulled: not known$/);
    assert.deepEqual(
      row.parts.map(({ activity }) => activity),
      ['not known'],
    );
  });

  it('accepts what the webview was sent', async () => {
    await open();
    const [row] = rows().rows;
    assert.ok(row);
    acceptRow(row);
    await isDecided(1);
    assert.equal(accepted(), 1);
    send({
      type: 'allWarningsAccepted',
      findingsRevision: state().findingsRevision,
      kind: 'current_tag',
      isAccepted: true,
    });
    await isDecided(2);
    assert.equal(accepted(), 2);
  });

  it('accepts nothing of a row whose tags have changed since, says so, and has the rows asked for again', async () => {
    await open();
    const [row] = rows().rows;
    assert.ok(row);
    await findOtherTags();
    const { revision } = state();
    acceptRow(row);
    await isDecided(1);
    assert.equal(accepted(), 0);
    assert.equal(
      state().status,
      'The tags of latest, prod have changed since they were shown. Review them again.',
    );
    assert.ok(state().revision > revision, 'rows of an older revision are asked for again');
    const [now] = rows().rows;
    assert.ok(now);
    assert.equal(now.label, 'latest, prod');
    assert.deepEqual(now.warnings[0]?.tags, ['latest', 'prod']);
    acceptRow(now);
    await isDecided(2);
    assert.equal(accepted(), 1);
  });

  it('accepts nothing of all or of those shown if warnings have changed since, and says so', async () => {
    await open();
    send({ type: 'viewChanged', view: { search: 'acme', filter: 'all', order: 'plan' } });
    const seen = state();
    await findOtherTags();
    const decision = {
      findingsRevision: seen.findingsRevision,
      kind: 'current_tag',
      isAccepted: true,
    } as const;
    send({ type: 'allWarningsAccepted', ...decision });
    await isDecided(1);
    const changed = 'Nothing was accepted: warnings have changed since they were shown. Review them again.';
    assert.deepEqual([accepted(), state().status], [0, changed]);
    const shown = { viewNumber: state().shown.number, imageCount: 2 };
    send({ type: 'shownWarningsAccepted', ...shown, ...decision });
    send({ type: 'viewChanged', view: seen.shown.view });
    assert.equal(accepted(), 0);
    const {
      findingsRevision,
      shown: { number },
    } = state();
    send({
      type: 'shownWarningsAccepted',
      viewNumber: number,
      imageCount: 2,
      ...decision,
      findingsRevision,
    });
    await until(() => accepted() === 2);
  });

  it('accepts no row by itself that it has not sent', async () => {
    await open();
    const [first] = rows(1).rows;
    assert.ok(first);
    const [, second] = api.dryRuns[0]?.digests ?? [];
    const id = first.id.replace(first.digest, second ?? assert.fail());
    acceptRow({ ...first, id, findingsRevision: state().findingsRevision });
    await isDecided(1);
    assert.equal(accepted(), 0);
    send({ type: 'ready' });
    acceptRow(first);
    await isDecided(1);
    assert.equal(accepted(), 0, 'nor one that was sent to a page that is gone');
  });

  const protect = (...added: readonly string[]) => {
    patterns = added;
    protectionChanged.fire();
  };

  it('checks again at once when the protection has changed, and shows what it blocks', async () => {
    await open();
    protect('acme/api:latest');
    await until(() => state().blockedCount === 2 && state().phase === 'reviewing');
    assert.equal(api.dryRuns.length, 2);
    assert.deepEqual(rows().rows[0]?.blockers, [
      { kind: 'protected', text: 'The setting "hubImages.protect" protects it.' },
    ]);
  });

  it('checks again after a dry run during which the protection has changed, once', async () => {
    let dryRuns = 0;
    api.answerDryRun = (request) => {
      dryRuns += 1;
      if (dryRuns === 1) {
        protect('acme/api:late*');
        protect('acme/api:latest');
      }
      return tagsOn('latest')(request);
    };
    await open();
    await until(() => state().blockedCount === 2 && state().phase === 'reviewing');
    assert.equal(api.dryRuns.length, 2);
  });

  it('checks nothing for a protection that changes after it was closed', async () => {
    await open();
    tab.close();
    protect('acme/api:latest');
    await new Promise(setImmediate);
    assert.equal(api.dryRuns.length, 1);
  });

  it('follows what is found out later about its deletion, and about no other', async () => {
    const window = new CapturedWindow({ showWarningMessage: (...args) => args[2] });
    try {
      api.answerDryRun = () => ({ kind: 'completed', metrics: nothingRemoved });
      api.answerDeletion = () => {
        throw new HubError('network', { method: 'POST', path: '/' });
      };
      await open();
      send({ type: 'action', action: 'delete' });
      await until(() => state().result !== null && state().phase === 'reviewing');
    } finally {
      window.restore();
    }
    const counts = () => {
      const { deleted, notDeleted, unknown } = state().result ?? assert.fail();
      return { deleted, notDeleted, unknown };
    };
    assert.deepEqual(counts(), { deleted: 0, notDeleted: 0, unknown: 2 });
    assert.equal(
      state().status,
      'The deletion was interrupted. It is not known whether 2 images were deleted. Hub Images keeps checking until 12:10 AM.',
    );
    send({ type: 'viewChanged', view: { search: '', filter: 'unconfirmed', order: 'plan' } });
    assert.equal(rows().rows.length, 2);

    const [first, second] = [one, two].map(({ repository, image }) => imageKey(repository, image.digest));
    assert.ok(first && second);
    const outcomes = new Map<ImageKey, ImageOutcome>([
      [first, 'deleted'],
      [second, 'unconfirmed'],
    ]);
    reconciled.fire({ runId: 'of another review', outcomes, collateral: new Map() });
    reconciled.fire({ runId: 'run 1', outcomes, collateral: new Map() });
    await until(() => state().imageCount === 1);
    assert.deepEqual(counts(), { deleted: 1, notDeleted: 0, unknown: 1 });
    assert.equal(
      state().status,
      'Checked again. 1 of 2 images was deleted. It is not known whether 1 image was deleted. Hub Images keeps checking until 12:10 AM.',
    );
    assert.deepEqual(state().notices, []);
    assert.deepEqual(
      rows().rows.map(({ id, attempt }) => [id, attempt?.kind]),
      [[second, 'unconfirmed']],
    );

    send({ type: 'viewChanged', view: { search: '', filter: 'all', order: 'plan' } });
    outcomes.set(second, 'failed');
    reconciled.fire({ runId: 'run 1', outcomes, collateral: new Map() });
    await until(() => counts().notDeleted === 1);
    assert.deepEqual(
      rows().rows.map(({ id, attempt, outcome }) => [id, attempt?.kind, outcome?.kind]),
      [
        [second, 'failed', undefined],
        [first, undefined, 'deleted'],
      ],
    );
    assert.equal(state().canRepeatDryRun, true);
  });

  it('takes back an acceptance whatever has changed since', async () => {
    await open();
    const [row] = rows().rows;
    assert.ok(row);
    acceptRow(row);
    await isDecided(1);
    assert.equal(accepted(), 1);
    acceptRow({ ...row, findingsRevision: 0 }, false);
    await isDecided(2);
    assert.equal(accepted(), 0);
    send({
      type: 'allWarningsAccepted',
      findingsRevision: state().findingsRevision,
      kind: 'current_tag',
      isAccepted: true,
    });
    await isDecided(3);
    assert.equal(accepted(), 2);
    send({ type: 'allWarningsAccepted', findingsRevision: 0, kind: 'current_tag', isAccepted: false });
    await isDecided(4);
    assert.equal(accepted(), 0);
  });
});
