import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { FoundReferences } from '../../../src/hub/codeReferences';
import { parseRepositoryRef } from '../../../src/hub/names';
import { WorkspaceReferences } from '../../../src/workspace/workspaceReferences';
import { until } from '../../support/until';
import { VirtualTime } from '../../support/virtualTime';

const web = parseRepositoryRef('acme/web');
const digest = '0123456789abcdef'.repeat(4);
const image = 'image: acme/web:1\n';
const never = new AbortController().signal;
const { fs } = vscode.workspace;

describe('references in the workspace', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder is open');
  const folder = vscode.Uri.joinPath(root, 'references');
  const elsewhere = vscode.Uri.joinPath(root, '..', 'references-elsewhere');
  let time: VirtualTime;
  let references: WorkspaceReferences;

  beforeEach(() => {
    time = new VirtualTime(new Date('2026-01-01'));
    references = new WorkspaceReferences({
      log: { warn: (message) => assert.fail(message) },
      delay: time.delay,
    });
  });

  afterEach(async () => {
    references.dispose();
    await closeEditors();
    for (const uri of [folder, elsewhere])
      await fs.delete(uri, { recursive: true }).then(undefined, () => {});
  });

  /** Without saving: a text that was never saved asks otherwise. */
  async function closeEditors(): Promise<void> {
    const count = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length;
    for (let closed = 0; closed < count; closed += 1) {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await until(() => vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0));
  }

  function at(path: string): vscode.Uri {
    return vscode.Uri.joinPath(folder, path);
  }

  async function write(path: string, text: string): Promise<vscode.Uri> {
    const uri = at(path);
    await fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  }

  const search = (): Promise<FoundReferences> => references.search([web], never);

  /** As `path:line`, within the folder of the test. */
  async function found(): Promise<readonly string[]> {
    const { named, bare } = await search();
    return [...named.values(), ...bare.values()]
      .flat()
      .map(({ file, line }) => `${file.path.replace('references/', '')}:${line}`);
  }

  /** The file system reports changes when it likes to. */
  async function eventually(expected: readonly string[]): Promise<void> {
    const deadline = Date.now() + 15_000;
    let last = await found();
    while (Date.now() < deadline && JSON.stringify(last) !== JSON.stringify(expected)) {
      await nextTurn();
      last = await found();
    }
    assert.deepEqual(last, expected);
  }

  async function edit(uri: vscode.Uri, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const change = new vscode.WorkspaceEdit();
    change.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    assert.ok(await vscode.workspace.applyEdit(change));
  }

  it('are found in files, with address, path and folder', async () => {
    const uri = await write('deploy/prod.yaml', `a: b\n${image}`);
    const { named, report } = await search();
    const [reference] = named.get('acme/web') ?? [];
    assert.deepEqual(reference?.file, { uri: uri.toString(), path: 'references/deploy/prod.yaml' });
    assert.deepEqual([reference.line, reference.kind, reference.tag], [2, 'exact', '1']);
    assert.deepEqual(report.folders, [vscode.workspace.workspaceFolders?.[0]?.name]);
    assert.ok(report.files > 0);
  });

  it('are found in text that is not saved, and on the disk again when it is discarded', async () => {
    const uri = await write('a.yaml', image);
    assert.deepEqual(await found(), ['a.yaml:1']);
    await edit(uri, `\n\n${image}`);
    assert.deepEqual(await found(), ['a.yaml:3']);
    await closeEditors();
    assert.deepEqual(await found(), ['a.yaml:1']);
  });

  it('are found at once in text that was just saved', async () => {
    const uri = await write('saved.yaml', '');
    assert.deepEqual(await found(), []);
    await edit(uri, image);
    assert.ok(await (await vscode.workspace.openTextDocument(uri)).save());
    assert.deepEqual(await found(), ['saved.yaml:1']);
  });

  it('are found in a file that is excluded, as long as it is open', async () => {
    await write('.gitignore', '*.lock\n');
    const uri = await write('images.lock', `${digest}\n`);
    assert.deepEqual(await found(), []);
    await vscode.window.showTextDocument(uri);
    assert.deepEqual(await found(), ['images.lock:1']);
    await closeEditors();
    assert.deepEqual(await found(), []);
  });

  it('are found in text without a file, and in a file outside of all folders', async () => {
    const document = await vscode.workspace.openTextDocument({ content: image });
    await vscode.window.showTextDocument(document);
    const outside = vscode.Uri.joinPath(elsewhere, 'b.yaml');
    await fs.writeFile(outside, new TextEncoder().encode(image));
    await vscode.window.showTextDocument(outside, { preview: false });
    assert.deepEqual(await found(), [`${outside.fsPath}:1`, `${document.uri.path}:1`]);
  });

  it('follow what the editor does to files at once', async () => {
    const uri = await write('a.yaml', image);
    assert.deepEqual(await found(), ['a.yaml:1']);
    const rename = new vscode.WorkspaceEdit();
    rename.renameFile(uri, at('b.yaml'));
    assert.ok(await vscode.workspace.applyEdit(rename));
    assert.deepEqual(await found(), ['b.yaml:1']);
    const remove = new vscode.WorkspaceEdit();
    remove.deleteFile(at('b.yaml'));
    assert.ok(await vscode.workspace.applyEdit(remove));
    assert.deepEqual(await found(), []);
  });

  it('follow what others do to files, and report it', async () => {
    let reports = 0;
    references.onDidChange(() => (reports += 1));
    await write('a.yaml', '');
    assert.deepEqual(await found(), []);
    await write('a.yaml', image);
    await write('new/b.yaml', image);
    await eventually(['a.yaml:1', 'new/b.yaml:1']);
    await fs.delete(at('new'), { recursive: true });
    await eventually(['a.yaml:1']);
    await time.run(until(() => reports > 0));
  });

  it('follow the settings that exclude files', async () => {
    await write('a.yaml', image);
    assert.deepEqual(await found(), ['a.yaml:1']);
    const configuration = vscode.workspace.getConfiguration('search', root);
    const { WorkspaceFolder } = vscode.ConfigurationTarget;
    await configuration.update('exclude', { 'references/a.yaml': true }, WorkspaceFolder);
    try {
      await eventually([]);
    } finally {
      await configuration.update('exclude', undefined, WorkspaceFolder);
    }
    await eventually(['a.yaml:1']);
  });

  it('are kept up to date for five minutes after the last search', async () => {
    const uri = await write('a.yaml', image);
    await found();
    await edit(uri, '');
    await until(() => time.waits === 2); // for the end of the five minutes, and to report the change
    await time.run(time.delay(5 * 60_000, never));
    await edit(uri, image);
    assert.equal(time.waits, 0);
    assert.deepEqual(await found(), ['a.yaml:1']);
  });

  it('are kept up to date as long as somebody listens', async () => {
    const uri = await write('a.yaml', image);
    let reports = 0;
    const listening = references.onDidChange(() => (reports += 1));
    await found();
    await time.run(time.delay(10 * 60_000, never));
    reports = 0;
    await edit(uri, '');
    await until(() => time.waits === 1);
    await time.run(time.delay(300, never));
    assert.equal(reports, 1);
    listening.dispose();
    await edit(uri, image);
    assert.equal(time.waits, 0);
  });

  it('are found by the next search, if what searches for them could not be loaded', async () => {
    const warnings: string[] = [];
    let loads = 0;
    references.dispose();
    references = new WorkspaceReferences({
      log: { warn: (message) => void warnings.push(message) },
      load: () => {
        loads += 1;
        return loads === 1
          ? Promise.reject(new Error('no such file'))
          : import('../../../src/workspace/search/workspaceSearch');
      },
    });
    await write('a.yaml', image);
    await assert.rejects(found(), /no such file/);
    assert.deepEqual(warnings, ['the workspace could not be searched: Error: no such file']);
    assert.deepEqual(await found(), ['a.yaml:1']);
    assert.deepEqual(await found(), ['a.yaml:1']);
    assert.equal(loads, 2);
  });

  it('end with an error when the search is cancelled', async () => {
    const controller = new AbortController();
    const searching = references.search([web], controller.signal);
    controller.abort(new Error('enough'));
    await assert.rejects(searching, /enough/);
    await write('a.yaml', image);
    assert.deepEqual(await found(), ['a.yaml:1']);
  });
});
