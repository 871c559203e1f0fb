import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Inventory } from '../../../src/hub/listing/inventory';
import type { Image } from '../../../src/hub/model';
import { parseRepositoryRef } from '../../../src/hub/names';
import { openReview, type ReviewServices } from '../../../src/planning/openReview';
import { isToWebview, type StateMessage } from '../../../src/review/protocol';
import { Settings } from '../../../src/settings';
import { CapturedTab } from '../../support/capturedTab';
import { FakeImageApi } from '../../support/fakeImageApi';
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

  beforeEach(() => {
    tab = new CapturedTab();
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
    const connection = {
      kind: 'hub',
      origin: 'https://hub.example',
      images: new FakeImageApi(images),
      imageApiKind: () => 'management',
    };
    const services = {
      connections: { require: () => connection, account: 'demo' },
      settings,
      catalog: { repositories: [repository], contents: () => undefined },
      tree: {},
      viewOptions: {},
      history: {
        journal: () => new MemoryJournal(),
        onDidReconcile: () => new vscode.Disposable(() => undefined),
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
