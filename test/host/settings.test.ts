import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Settings } from '../../src/settings';

const { Global, Workspace } = vscode.ConfigurationTarget;

describe('settings that keep images safe', () => {
  const settings = new Settings();
  const changed = new Map<string, Set<vscode.ConfigurationTarget>>();

  async function set(id: string, target: vscode.ConfigurationTarget, value: unknown): Promise<void> {
    changed.set(id, (changed.get(id) ?? new Set()).add(target));
    await vscode.workspace.getConfiguration('hubImages').update(id, value, target);
  }

  after(() => {
    settings.dispose();
  });

  afterEach(async () => {
    for (const [id, targets] of changed) {
      for (const target of targets) {
        await vscode.workspace.getConfiguration('hubImages').update(id, undefined, target);
      }
    }
    changed.clear();
  });

  it('add the protections of a workspace to those of the person', async () => {
    await set('protect', Global, ['acme/api']);
    await set('protect', Workspace, ['acme/web']);
    assert.deepEqual(settings.protect, ['acme/api', 'acme/web']);
    await set('protect', Workspace, []);
    assert.deepEqual(settings.protect, ['acme/api']);
  });

  const limits: readonly (readonly [own: number | undefined, workspace: number | undefined, used: number])[] =
    [
      [undefined, undefined, 25],
      [undefined, 5, 5],
      [undefined, 100, 25],
      [100, undefined, 100],
      [10, 100, 10],
      [100, 10, 10],
    ];
  for (const [own, workspace, used] of limits) {
    it(`ask for a name above ${used} images for ${String(own)} of the person and ${String(workspace)} of the workspace`, async () => {
      await set('confirmation.typeNameAboveImages', Global, own);
      await set('confirmation.typeNameAboveImages', Workspace, workspace);
      assert.equal(settings.typingThreshold.images, used);
    });
  }

  const switches: readonly (readonly [
    own: boolean | undefined,
    workspace: boolean | undefined,
    used: boolean,
  ])[] = [
    [undefined, undefined, true],
    [undefined, false, true],
    [false, undefined, false],
    [false, true, true],
    [true, false, true],
  ];
  for (const [own, workspace, used] of switches) {
    it(`ask for a name of tagged images (${String(used)}) for ${String(own)} of the person and ${String(workspace)} of the workspace`, async () => {
      await set('confirmation.typeNameForActiveOrTagged', Global, own);
      await set('confirmation.typeNameForActiveOrTagged', Workspace, workspace);
      assert.equal(settings.typingThreshold.isForActiveOrTagged, used);
    });
  }
});
