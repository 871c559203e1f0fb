import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { parseRepositoryRef } from '../../../src/hub/names';
import { WorkspaceReferences } from '../../../src/workspace/workspaceReferences';
import { until } from '../../support/until';
import { VirtualTime } from '../../support/virtualTime';

const web = parseRepositoryRef('acme/web');
const never = new AbortController().signal;
const { fs } = vscode.workspace;

describe('references in tabs that were not shown yet', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder is open');
  const folder = vscode.Uri.joinPath(root, 'unloaded');
  const elsewhere = vscode.Uri.joinPath(root, '..', 'unloaded-elsewhere');
  let references: WorkspaceReferences;

  beforeEach(() => {
    references = new WorkspaceReferences({
      log: { warn: (message) => assert.fail(message) },
      delay: new VirtualTime(new Date('2026-01-01')).delay,
    });
  });

  afterEach(async () => {
    references.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until(() => vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0));
    for (const uri of [folder, elsewhere]) await fs.delete(uri, { recursive: true });
  });

  const write = (uri: vscode.Uri, text: string) => fs.writeFile(uri, new TextEncoder().encode(text));

  /** As a tab that is restored with the window, behind the one that is shown. */
  async function openBehind(uri: vscode.Uri): Promise<void> {
    await vscode.commands.executeCommand('vscode.open', uri, { background: true, preview: false });
    const isIt = ({ input }: vscode.Tab) =>
      input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
    await until(() => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isIt)));
    const isLoaded = vscode.workspace.textDocuments.some((text) => text.uri.toString() === uri.toString());
    assert.equal(isLoaded, false);
  }

  async function found(): Promise<readonly string[]> {
    const { named } = await references.search([web], never);
    return (named.get('acme/web') ?? []).map(({ file, line }) => `${file.path}:${line}`);
  }

  it('are found as they are on the disk, in files that are excluded or in no folder', async () => {
    const [shown, ignored] = ['shown.txt', 'images.lock'].map((name) => vscode.Uri.joinPath(folder, name));
    assert.ok(shown !== undefined && ignored !== undefined);
    const outside = vscode.Uri.joinPath(elsewhere, 'b.yaml');
    await write(vscode.Uri.joinPath(folder, '.gitignore'), '*.lock\n');
    for (const uri of [shown, ignored, outside]) await write(uri, '');
    await vscode.window.showTextDocument(shown, { preview: false });
    for (const uri of [ignored, outside]) await openBehind(uri);
    assert.deepEqual(await found(), []);
    for (const uri of [ignored, outside]) await write(uri, 'image: acme/web:1\n');
    assert.deepEqual(await found(), ['unloaded/images.lock:1', `${outside.fsPath}:1`]);
  });
});
