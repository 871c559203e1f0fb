import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CodeReference } from '../../../src/hub/codeReferences';
import { referencedImage } from '../../../src/hub/imageReferences';
import { parseRepositoryRef } from '../../../src/hub/names';
import type { EditorView, ViewInput, ViewModel } from '../../../src/workspace/referenceResults/editorView';
import { ReferenceResults } from '../../../src/workspace/referenceResults/referenceResults';
import type { Row } from '../../../src/workspace/referenceResults/referenceRows';
import { ReferencesView } from '../../../src/workspace/referencesView';
import { CapturedWindow } from '../../support/capturedWindow';
import { FakeReferenceSource, nothingOpen, referenceAt } from '../../support/foundReferences';
import { imageOf } from '../../support/images';
import { until } from '../../support/until';

const image = imageOf('a', { tags: [{ name: '1.0', isCurrent: true }] });
const subject = { name: 'acme/api:1.0', images: [referencedImage(parseRepositoryRef('acme/api'), image)] };
const signal = new AbortController().signal;
const compose = ['services:', '  api:', '    image: "acme/api:1.0" # pinned', ''];
const readme = ['# API', 'Run `docker run acme/api`.', 'Then run acme/api:1.0 again.'];

interface BuiltInView extends EditorView {
  readonly getInput: () => ViewInput<Row> | undefined;
}

describe('references to images', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-images-references-'));
  let references: FakeReferenceSource;
  let results: ReferenceResults | undefined;

  before(() => {
    mkdirSync(join(folder, 'deploy'));
    writeFileSync(join(folder, 'deploy/compose.yaml'), compose.join('\n'));
    writeFileSync(join(folder, 'README.md'), readme.join('\r\n'));
  });
  beforeEach(() => {
    references = new FakeReferenceSource([
      referenceIn('deploy/compose.yaml', 3, 13),
      referenceIn('README.md', 2, 17, { kind: 'documentation', tag: undefined, length: 8 }),
      referenceIn('README.md', 3, 10, { kind: 'documentation' }),
      referenceIn('gone.yaml', 7, 1, { kind: 'nameOnly', tag: undefined }),
    ]);
  });
  afterEach(async () => {
    results?.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  function referenceIn(path: string, line: number, column: number, facts: Partial<CodeReference> = {}) {
    const file = { uri: vscode.Uri.file(join(folder, path)).toString(), path };
    return referenceAt(path, line, { file, column, length: 12, ...facts });
  }

  async function builtIn(): Promise<BuiltInView> {
    const api = await vscode.extensions.getExtension<BuiltInView>('vscode.references-view')?.activate();
    assert.ok(api);
    return api;
  }

  /** Shows them, and waits until the view has taken them. */
  async function shownInput(): Promise<ViewInput<Row>> {
    const view = await builtIn();
    const before = view.getInput();
    results = new ReferenceResults(references);
    await results.show(subject, signal);
    await until(() => view.getInput() !== before);
    const input = view.getInput();
    assert.equal(input?.title, 'acme/api:1.0');
    return input;
  }

  async function itemsOf({ provider }: ViewModel<Row>, parent?: Row) {
    const rows = (await provider.getChildren(parent)) ?? [];
    const items = await Promise.all(rows.map(async (row) => provider.getTreeItem(row)));
    return { rows, items };
  }

  it("fill the editor's view, by file", async () => {
    const model = await (await shownInput()).resolve();
    assert.equal(
      model.message,
      'References: 1 line in 1 file, and 3 other mentions. Searched 12 files in work and in open editors.',
    );
    const { rows, items } = await itemsOf(model);
    assert.deepEqual(
      items.map(({ label, description }) => [label, description]),
      [
        ['README.md', ''],
        ['compose.yaml', 'deploy'],
        ['gone.yaml', ''],
      ],
    );
    const lines = await Promise.all(rows.map(async (row) => (await itemsOf(model, row)).items));
    assert.deepEqual(
      lines.flat().map(({ label, description }) => [marked(label), description]),
      [
        ['Run `docker run [acme/api]`.', 'documentation or comment'],
        ['Then run [acme/api:1.0] again.', 'documentation or comment'],
        ['image: "[acme/api:1.0]" # pinned', ''],
        ['line 7', 'the tag cannot be determined'],
      ],
    );
    assert.equal(lines[1]?.[0]?.tooltip, 'deploy/compose.yaml:3');
  });

  it('are shown as their files are, which are not opened as documents for it', async () => {
    const file = join(folder, 'preview.yaml');
    writeFileSync(file, 'image: acme/api:1.0\n');
    references.references = [referenceIn('preview.yaml', 1, 8)];
    const model = await (await shownInput()).resolve();
    const { rows } = await itemsOf(model);
    const [item] = (await itemsOf(model, rows[0])).items;
    assert.equal(marked(item?.label), 'image: [acme/api:1.0]');
    const open = vscode.workspace.textDocuments.map(({ uri }) => uri.toString());
    assert.ok(
      !open.includes(vscode.Uri.file(file).toString()),
      'the editor would keep its text after a change',
    );
  });

  it('are opened at their place', async () => {
    const model = await (await shownInput()).resolve();
    const { rows } = await itemsOf(model);
    const [item] = (await itemsOf(model, rows[1])).items;
    assert.ok(item?.command);
    await vscode.commands.executeCommand(item.command.command, ...(item.command.arguments as unknown[]));
    await until(() => vscode.window.activeTextEditor?.document.fileName.endsWith('compose.yaml') === true);
    assert.deepEqual(vscode.window.activeTextEditor?.selection.active, new vscode.Position(2, 12));
  });

  it('are gone through one by one, from the last to the first', async () => {
    const { navigation } = await (await shownInput()).resolve();
    const compose = vscode.Uri.file(join(folder, 'deploy/compose.yaml'));
    const first = navigation.nearest(compose, new vscode.Position(0, 0));
    assert.ok(first);
    const placeOf = (row: Row) => {
      const at = navigation.location(row);
      return `${at?.uri.path.split('/').at(-1)}:${(at?.range.start.line ?? 0) + 1}`;
    };
    const forward = [first];
    for (let row = first; forward.length < 5; forward.push(row)) row = navigation.next(row);
    assert.deepEqual(forward.map(placeOf), [
      'compose.yaml:3',
      'gone.yaml:7',
      'README.md:2',
      'README.md:3',
      'compose.yaml:3',
    ]);
    assert.equal(placeOf(navigation.previous(first)), 'README.md:3');
  });

  it('are searched for again when the view is refreshed', async () => {
    await shownInput();
    const { searches } = references;
    await vscode.commands.executeCommand('references-view.refresh');
    await until(() => references.searches > searches);
    const model = await (await builtIn()).getInput()?.resolve();
    assert.match(model?.message ?? '', /^References: 1 line/);
    assert.ok(references.searches > searches + 1);
  });

  it('that were searched for again in vain leave the reason', async () => {
    const input = await shownInput();
    references.before = () => Promise.reject(new Error('disk is gone'));
    const model = await input.resolve();
    assert.equal(
      model.message,
      'The workspace could not be searched. An unexpected error occurred. The log has the details.',
    );
    assert.deepEqual((await itemsOf(model)).rows, []);
  });

  it('that there are none say what was searched, and that this proves nothing', async () => {
    references.references = [];
    references.report = { skipped: { tooLarge: 1, binary: 2, unreadable: 0, linked: 0 } };
    const { message } = await (await shownInput()).resolve();
    assert.equal(
      message,
      'No reference to acme/api:1.0 was found. Searched 12 files in work and in open editors. Not searched: 1 file that is too large and 2 files that are not text. Files that settings or ignore files exclude are searched only if they are open. Code that is not open here may also refer to the images.',
    );
  });

  it('have a name in the history of the view', async () => {
    const { location } = await shownInput();
    const document = await vscode.workspace.openTextDocument(location.uri);
    const position = location.range.start;
    const word =
      document.getWordRangeAtPosition(position) ?? document.getWordRangeAtPosition(position, /[^\s]+/);
    assert.equal(document.getText(word), '"acme/api:1.0"');
  });

  const withoutView: Readonly<Record<string, () => Promise<EditorView | undefined>>> = {
    'where there is no such view': () => Promise.resolve(undefined),
    'where the view refuses them': () =>
      Promise.resolve({ setInput: () => Promise.reject(new Error('changed')) }),
  };
  for (const [where, findView] of Object.entries(withoutView)) {
    it(`are offered in a list ${where}`, async () => {
      const captured = new CapturedWindow({
        showQuickPick: (items) => Promise.resolve((items as readonly vscode.QuickPickItem[]).at(-2)),
      });
      try {
        results = new ReferenceResults(references, findView);
        await results.show(subject, signal);
        await until(() => captured.texts.includes('deploy/compose.yaml:3'));
        await until(() => vscode.window.activeTextEditor?.selection.active.line === 2);
      } finally {
        captured.restore();
      }
      assert.deepEqual(captured.texts.slice(0, 3), [
        'README.md:2',
        'documentation or comment',
        'Run `docker run acme/api`.',
      ]);
      assert.equal(
        captured.texts.at(-1),
        'References: 1 line in 1 file, and 3 other mentions. Searched 12 files in work and in open editors.',
      );
    });
  }

  it('in a file that is gone are said to be when they are picked', async () => {
    const captured = new CapturedWindow({
      showQuickPick: (items) => Promise.resolve((items as readonly vscode.QuickPickItem[]).at(-1)),
    });
    try {
      results = new ReferenceResults(references, () => Promise.resolve(undefined));
      await results.show(subject, signal);
      await until(() =>
        captured.texts.includes('gone.yaml could not be opened. It may have been moved or deleted.'),
      );
    } finally {
      captured.restore();
    }
  });

  it('are offered in a list with their lines, as far as there are not too many to read', async () => {
    references.references = Array.from({ length: 201 }, (_, index) =>
      referenceIn('deploy/compose.yaml', 3, 13, { column: 13 + index }),
    );
    let offered: readonly vscode.QuickPickItem[] | undefined;
    const captured = new CapturedWindow({
      showQuickPick: (items) => {
        offered = items as readonly vscode.QuickPickItem[];
        return Promise.resolve(undefined);
      },
    });
    try {
      results = new ReferenceResults(references, () => Promise.resolve(undefined));
      await results.show(subject, signal);
      await until(() => offered !== undefined);
    } finally {
      captured.restore();
    }
    const hasLine = offered?.map(({ detail }) => detail !== undefined);
    assert.deepEqual(hasLine, [...Array.from({ length: 200 }, () => true), false]);
  });

  it('are shown the next time, if what shows them could not be loaded', async () => {
    references.report = nothingOpen;
    let loads = 0;
    const view = new ReferencesView(references, () => {
      loads += 1;
      return loads === 1
        ? Promise.reject(new Error('no such file'))
        : import('../../../src/workspace/referenceResults/referenceResults');
    });
    const captured = new CapturedWindow({});
    try {
      await assert.rejects(view.show(subject, signal), /no such file/);
      await view.show(subject, signal);
      await view.show(subject, signal);
    } finally {
      captured.restore();
      view.dispose();
    }
    assert.equal(captured.texts.length, 2);
    assert.equal(loads, 2);
  });

  it('that there are none are a message where there is no such view', async () => {
    references.references = [];
    assert.match(
      (await textsOf(() => Promise.resolve(undefined)))[0] ?? '',
      /^No reference to acme\/api:1\.0/,
    );
  });

  it('are not shown where nothing is open', async () => {
    references.report = nothingOpen;
    const texts = await textsOf(() => Promise.reject(new Error('not asked for')));
    assert.deepEqual(texts, [
      'Nothing could be searched, because no folder or editor is open. Open a folder, then try again.',
    ]);
  });

  it('are not shown where the search fails', async () => {
    references.before = () => Promise.reject(new Error('disk is gone'));
    await assert.rejects(new ReferenceResults(references).show(subject, signal), /disk is gone/);
  });

  async function textsOf(findView: () => Promise<EditorView | undefined>): Promise<readonly string[]> {
    const captured = new CapturedWindow({});
    try {
      results = new ReferenceResults(references, findView);
      await results.show(subject, signal);
    } finally {
      captured.restore();
    }
    return captured.texts;
  }
});

/** The text of a label, with what is highlighted in brackets. */
function marked(label: vscode.TreeItem['label']): string {
  const { label: text, highlights: [[start, end] = [0, 0]] = [] } =
    typeof label === 'object' ? label : { label: label ?? '' };
  return start === end ? text : `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}
