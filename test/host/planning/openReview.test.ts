import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { contextKeys } from '../../../src/contributions';
import type { LaterOutcomes } from '../../../src/hub/deletion/laterOutcomes';
import { MemoryRepositoryLocks } from '../../../src/hub/deletion/memoryRepositoryLocks';
import { imageKey } from '../../../src/hub/deletionRequest';
import type { Inventory } from '../../../src/hub/listing/inventory';
import type { Image } from '../../../src/hub/model';
import { parseRepositoryRef } from '../../../src/hub/names';
import { openReview, type ReviewServices } from '../../../src/planning/openReview';
import { isToWebview, type StateMessage } from '../../../src/review/protocol';
import { Settings } from '../../../src/settings';
import { CapturedContext } from '../../support/capturedContext';
import { CapturedTab } from '../../support/capturedTab';
import { CapturedWindow } from '../../support/capturedWindow';
import { FakeImageApi, refusal } from '../../support/fakeImageApi';
import { imageOf } from '../../support/images';
import { MemoryJournal } from '../../support/memoryJournal';
import { until } from '../../support/until';

const now = new Date('2026-06-01T00:00:00Z');
const activeFrom = new Date('2026-05-01T00:00:00Z');
const repository = parseRepositoryRef('acme/api');
const old = imageOf('old', { tags: [{ name: '1.1', isCurrent: true }] });

function protect(patterns: readonly string[] | undefined): Thenable<void> {
  return vscode.workspace
    .getConfiguration('hubImages')
    .update('protect', patterns, vscode.ConfigurationTarget.Global);
}

describe('review that a command opens', () => {
  const settings = new Settings();
  const log = vscode.window.createOutputChannel('Test', { log: true });
  let tab: CapturedTab;
  /** How many repositories were read again after a deletion. */
  let refreshed: number;

  beforeEach(() => {
    tab = new CapturedTab();
    refreshed = 0;
  });
  afterEach(async () => {
    tab.close();
    tab.restore();
    await protect(undefined);
  });
  after(() => {
    settings.dispose();
    log.dispose();
  });

  const state = (): StateMessage | undefined =>
    tab.sent.filter(isToWebview).findLast((message) => message.type === 'state');
  const isReviewing = () => until(() => state()?.phase === 'reviewing');

  /** What the review needs of the services, with a server that has these images. */
  function servicesFor(...images: readonly Image[]): ReviewServices {
    return servicesOf(new FakeImageApi(images), () => new vscode.Disposable(() => undefined));
  }

  function servicesOf(images: FakeImageApi, onDidReconcile: vscode.Event<LaterOutcomes>): ReviewServices {
    const connection = {
      kind: 'hub',
      origin: 'https://hub.example',
      images,
      imageApiKind: () => 'management',
    };
    const services = {
      connections: { require: () => connection, account: 'demo' },
      settings,
      catalog: { repositories: [repository], contents: () => undefined },
      tree: { refreshRepository: () => void (refreshed += 1) },
      viewOptions: {},
      history: {
        journal: () => new MemoryJournal(),
        locks: new MemoryRepositoryLocks(),
        onDidReconcile,
      },
      extensionUri: vscode.Uri.file('/extension'),
      log,
      now: () => now,
    };
    return services as unknown as ReviewServices; // of each no more than what is used
  }

  /** As a command that selects images by criteria; the list that it read is too old for the first check. */
  async function openMatching(services: ReviewServices): Promise<void> {
    const readAt = new Date(now.getTime() - 60_000);
    const inventory: Inventory = { repository, activeFrom, images: [old], readAt };
    await openReview(services, [{ repository, image: old }], {
      scope: 'matching',
      criteria: { status: 'inactive' },
      activeFrom,
      inventories: [inventory],
    });
    tab.send({ type: 'ready' });
    await isReviewing();
  }

  /** Deletes one untagged image, and returns what the context keys were set to. */
  async function contextAfterDeleting(
    answer: (api: FakeImageApi) => FakeImageApi['answerDeletion'],
    later?: LaterOutcomes['outcomes'],
  ): Promise<ReadonlyMap<unknown, unknown>> {
    const image = imageOf('untagged');
    const api = new FakeImageApi([image]);
    api.answerDeletion = answer(api);
    const context = new CapturedContext();
    const window = new CapturedWindow({ showWarningMessage: (...args) => args.at(-1) });
    const reconciled = new vscode.EventEmitter<LaterOutcomes>();
    try {
      await openReview(servicesOf(api, reconciled.event), [{ repository, image }], {
        scope: 'chosen',
        activeFrom,
      });
      tab.send({ type: 'ready' });
      await isReviewing();
      tab.send({ type: 'action', action: 'delete' });
      await until(() => state()?.result !== null && refreshed > 0);
      if (later !== undefined) {
        reconciled.fire({ runId: 'run 1', outcomes: later, collateral: new Map() });
      }
    } finally {
      context.restore();
      window.restore();
      reconciled.dispose();
    }
    return context.values;
  }

  it('ticks the step of the walkthrough when an image was deleted', async () => {
    const context = await contextAfterDeleting((api) => (request) => api.remove(request));
    assert.equal(context.get(contextKeys.hasDeletedImage), true);
  });

  it('does not tick it when the server deleted nothing', async () => {
    const context = await contextAfterDeleting(() => () => refusal({}));
    assert.equal(context.has(contextKeys.hasDeletedImage), false);
  });

  it('ticks it when an image is found deleted later', async () => {
    const outcomes = new Map([[imageKey(repository, imageOf('untagged').digest), 'deleted' as const]]);
    const context = await contextAfterDeleting(() => () => refusal({}), outcomes);
    assert.equal(context.get(contextKeys.hasDeletedImage), true);
  });

  it('blocks what no longer matches the criteria of the command', async () => {
    const pulled: Image = { ...old, status: 'active', lastPulled: new Date('2026-05-31T00:00:00Z') };
    await openMatching(servicesFor(pulled));
    assert.equal(state()?.blockedCount, 1);
  });

  it('is checked again with what the settings protect by then', async () => {
    await openMatching(servicesFor(old));
    assert.equal(state()?.blockedCount, 0);
    await protect(['acme/api:1.*']);
    await until(() => state()?.blockedCount === 1);
    await protect(['acme/web:1.*']);
    await until(() => state()?.phase === 'reviewing' && state()?.blockedCount === 0);
  });
});
