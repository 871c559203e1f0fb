import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { DocumentReferences } from '../../../src/workspace/documentReferences';
import { currentForMs, ImageLists } from '../../../src/workspace/imageLists';
import { PinActions } from '../../../src/workspace/pinActions';
import { digestOf } from '../../support/images';
import { withSandbox } from '../../support/sandbox';
import { actionsAt, actionsIn, gone, hinted, TextFeatures } from '../support/textFeatures';

describe('tags in a text editor', () => {
  const sandbox = withSandbox(() => ({ routes: 'today' }));
  let features: TextFeatures;

  beforeEach(async () => {
    features = await TextFeatures.open(sandbox, 'registry');
  });

  afterEach(() => features.close());

  const tagged = (repository: string, tag: string) =>
    sandbox.world.repository(repository).tags.get(tag) ?? '';
  const lists = () => sandbox.exchanges.filter(({ operation }) => operation === 'GetManifests').length;
  const whole = (document: vscode.TextDocument) => new vscode.Range(0, 0, document.lineCount, 0);

  for (const [name, end] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ] as const) {
    it(`are pinned to the digest of their tag: ${name}`, async () => {
      const document = await features.document(['x: 1', 'image: acme/billing:0.7', 'y: 2', ''].join(end));
      const [action, ...others] = await actionsAt(document, 'acme/billing');
      assert.deepEqual(others, []);
      assert.ok(action?.edit);
      await vscode.workspace.applyEdit(action.edit);
      const pinned = `acme/billing:0.7@${tagged('acme/billing', '0.7')}`;
      assert.equal(document.getText(), ['x: 1', `image: ${pinned}`, 'y: 2', ''].join(end));
    });
  }

  it('are pinned anew where the digest is gone, as the fix of the hint', async () => {
    const document = await features.document(`image: acme/billing:0.7@${gone}\n`);
    await vscode.window.showTextDocument(document);
    await hinted(document, 1);
    const [action] = await actionsAt(document, 'acme/billing');
    assert.equal(action?.kind?.value, vscode.CodeActionKind.QuickFix.value);
    assert.ok(action.edit);
    await vscode.workspace.applyEdit(action.edit);
    assert.equal(document.getText(), `image: acme/billing:0.7@${tagged('acme/billing', '0.7')}\n`);
    await hinted(document, 0);
  });

  it('are not pinned if they are pinned, defaults, or for people', async () => {
    const pinned = await features.document(`image: acme/billing:0.7@${tagged('acme/billing', '0.8')}\n`);
    assert.deepEqual(await actionsAt(pinned, 'acme/billing'), []);
    const argument = await features.document('ARG BASE=acme/billing:0.7\nFROM $BASE\n', 'Dockerfile');
    assert.deepEqual(await actionsAt(argument, 'acme/billing'), []);
    const notes = await features.document('acme/billing:0.7\n', 'NOTES.md');
    assert.deepEqual(await actionsAt(notes, 'acme/billing'), []);
    const missing = await features.document('image: acme/billing:9.9\n');
    assert.deepEqual(await actionsAt(missing, 'acme/billing'), []);
  });

  it('are pinned by an action for each, which names it', async () => {
    const document = await features.document('a: acme/billing:0.7\nb: acme/billing:0.8\n');
    const actions = await actionsIn(document, whole(document));
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Pin acme/billing:0.7 to its current digest', 'Pin acme/billing:0.8 to its current digest'],
    );
  });

  it('are pinned to what a list says that is not old, which is read once', async () => {
    const document = await features.document('image: acme/billing:0.7\n');
    await actionsAt(document, 'acme/billing');
    const now = digestOf('pushed later');
    sandbox.world.repository('acme/billing').push({ digest: now, tags: ['0.7'], at: new Date() });
    features.advance(currentForMs + 1000);
    const [[action]] = await Promise.all([
      actionsAt(document, 'acme/billing'),
      actionsAt(document, 'acme/billing'),
    ]);
    assert.ok(action?.edit);
    await vscode.workspace.applyEdit(action.edit);
    assert.equal(document.getText(), `image: acme/billing:0.7@${now}\n`);
    assert.equal(lists(), 2);
  });

  it('are pinned unasked only if the list is known, and not old', async () => {
    const { catalog } = features.fixture;
    let aheadMs = 0;
    const references = new DocumentReferences();
    const known = new ImageLists(catalog, () => new Date(Date.now() + aheadMs));
    try {
      const document = await features.document('image: acme/billing:0.7\n');
      const unasked = async () =>
        new PinActions(references, known).provideCodeActions(
          document,
          whole(document),
          { diagnostics: [], only: undefined, triggerKind: vscode.CodeActionTriggerKind.Automatic },
          new vscode.CancellationTokenSource().token,
        );
      await known.namespaces();
      assert.equal((await unasked()).length, 0);
      await actionsAt(document, 'acme/billing');
      assert.equal((await unasked()).length, 1);
      aheadMs = currentForMs + 1000;
      assert.equal((await unasked()).length, 0);
      assert.equal(lists(), 1);
    } finally {
      references.dispose();
      known.dispose();
    }
  });

  it('have the lists of ten repositories read for them', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `acme/library-${index}`);
    for (const name of names) {
      sandbox.world.addRepository(name).push({ digest: digestOf(name), tags: ['1'], at: new Date() });
    }
    const document = await features.document(
      names.map((name) => `${name}: ${name}:1`).join('\n'),
      'list.yaml',
    );
    assert.equal((await actionsIn(document, whole(document))).length, 10);
    assert.equal(lists(), 10);
  });
});
