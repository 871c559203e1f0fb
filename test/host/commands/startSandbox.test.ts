import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SecretAccounts } from '../../../src/auth/secretAccounts';
import { startSandbox } from '../../../src/commands/sandbox/startSandbox';
import { Connections } from '../../../src/connection/connections';
import { type RunningSandbox, runSandbox } from '../../../src/connection/sandboxModule';
import { type ImageApiKind, imageApiKinds } from '../../../src/hub/autoImageApi';
import { parseRepositoryRef } from '../../../src/hub/names';
import type { Services, Target } from '../../../src/interaction/services';
import { Settings } from '../../../src/settings';
import { HiddenMessages } from '../../../src/util/hiddenMessages';
import { CapturedWindow } from '../../support/capturedWindow';
import { MemoryMemento } from '../../support/memoryMemento';

const billing = parseRepositoryRef('acme/billing');
const palette: Target = { kind: 'palette' };

function setApi(api: string | undefined): Thenable<void> {
  return vscode.workspace.getConfiguration('hubImages').update('api', api, vscode.ConfigurationTarget.Global);
}

describe('starting the sandbox', () => {
  const settings = new Settings();
  let connections: Connections;
  let started: ImageApiKind[];
  let stopped: number;

  beforeEach(() => {
    started = [];
    stopped = 0;
    const secrets = {
      get: () => Promise.resolve(undefined),
      onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
    } as Partial<vscode.SecretStorage> as vscode.SecretStorage; // all that is used of it
    connections = new Connections({
      accountsOf: SecretAccounts.storedIn(secrets),
      settings,
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
      runSandbox: async (api): Promise<RunningSandbox> => {
        started.push(api);
        const sandbox = await runSandbox(api);
        return { ...sandbox, stop: () => sandbox.stop().finally(() => (stopped += 1)) };
      },
      hiddenMessages: new HiddenMessages(new MemoryMemento()),
      storageFolder: '',
      setContext: () => undefined,
    });
  });
  afterEach(async () => {
    connections.dispose();
    await setApi(undefined);
  });
  after(() => {
    settings.dispose();
  });

  /** Runs the command, and returns what was asked. */
  async function run(
    target: Target,
    answer: (items: readonly vscode.QuickPickItem[]) => vscode.QuickPickItem | undefined = () => undefined,
  ): Promise<readonly vscode.QuickPickItem[]> {
    const asked: vscode.QuickPickItem[] = [];
    const captured = new CapturedWindow({
      showQuickPick: (items) => {
        asked.push(...(items as vscode.QuickPickItem[]));
        return Promise.resolve(answer(asked));
      },
    });
    const services = {
      connections,
      tree: { findImageNode: () => Promise.resolve(), findRepositoryNode: () => Promise.resolve() },
      log: { debug: () => undefined },
    };
    try {
      await startSandbox(services as unknown as Services, target); // of each no more than what is used
    } finally {
      captured.restore();
    }
    return asked;
  }

  const api = () => connections.current?.imageApiKind();
  const count = async () => (await connections.current?.images.getSummary(billing, {}))?.total;

  it('asks which server to simulate, in a line each, the one of today first', async () => {
    const asked = await run(palette, ([first]) => first);
    assert.deepEqual(
      asked.map(({ label }) => label),
      ['Docker Hub today', 'Docker Hub with the image-management API (until December 2023)'],
    );
    assert.ok(asked.every(({ detail = '' }) => detail !== '' && !detail.includes('\n')));
    assert.equal(api(), 'registry');
  });

  it('simulates the other server if the person wants that', async () => {
    await run(palette, ([, second]) => second);
    assert.equal(api(), 'management');
  });

  it('starts nothing if the person gives up', async () => {
    await run(palette);
    assert.deepEqual([started, connections.current], [[], undefined]);
  });

  it('asks nothing if a link says it, or while it runs', async () => {
    assert.deepEqual(await run({ kind: 'palette', api: 'management' }), []);
    assert.deepEqual(await run(palette), []);
    assert.deepEqual(started, ['management']);
  });

  for (const chosen of imageApiKinds) {
    it(`reads images with the API that was chosen, whatever the setting says: ${chosen}`, async () => {
      await setApi(chosen === 'registry' ? 'management' : 'registry');
      await run({ kind: 'palette', api: chosen });
      assert.equal(api(), chosen);
      assert.equal(await count(), 9);
      assert.equal(api(), chosen);
    });
  }

  it('starts with fresh samples after it was left, also with the other API', async () => {
    await run({ kind: 'palette', api: 'registry' });
    const { origin } = connections.require();
    connections.stopSandbox();
    await run({ kind: 'palette', api: 'management' });
    assert.deepEqual(started, ['registry', 'management']);
    assert.notEqual(connections.require().origin, origin);
    assert.equal(await count(), 9);
    assert.ok(stopped <= 1);
  });
});
