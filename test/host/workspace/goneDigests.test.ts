import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { currentForMs } from '../../../src/workspace/imageLists';
import { digestOf } from '../../support/images';
import { withSandbox } from '../../support/sandbox';
import { gone, hinted, hintsIn, hoverOver, lookedAtAll, TextFeatures } from '../support/textFeatures';

describe('digests in a text editor', () => {
  const sandbox = withSandbox(() => ({ routes: 'today' }));
  let features: TextFeatures;

  beforeEach(async () => {
    features = await TextFeatures.open(sandbox, 'registry');
  });

  afterEach(() => features.close());

  const tagged = (repository: string, tag: string) =>
    sandbox.world.repository(repository).tags.get(tag) ?? '';
  /** The repositories whose images were listed, each time that they were. */
  const listed = () =>
    sandbox.exchanges
      .filter(({ operation }) => operation === 'GetManifests')
      .map(({ path }) => /acme\/(?:repositories\/)?([a-z0-9-]+)/.exec(path)?.[1])
      .map((name) => `acme/${name}`);

  it('have a hint where a digest is gone, and nowhere else', async () => {
    const document = await features.document(
      [
        `a: acme/billing:production@${tagged('acme/billing', 'production')}`,
        `b: acme/gateway@${gone}`, // some of its parts are not known
        `c: free/blog@${gone}`,
        `d: docker.io/acme/billing@${gone}`,
      ].join('\r\n'),
    );
    await vscode.window.showTextDocument(document);
    await hinted(document, 1);
    const [hint] = hintsIn(document);
    assert.deepEqual(
      [hint?.severity, hint && document.getText(hint.range)],
      [vscode.DiagnosticSeverity.Hint, `docker.io/acme/billing@${gone}`],
    );
    assert.match(
      hint?.message ?? '',
      /^This digest does not exist in acme\/billing, as of [A-Z][a-z]{2} \d+, \d{4}, \d+:\d{2} [AP]M .+\.$/,
    );
    assert.match(await hoverOver(document, `docker.io/acme/billing@`), /does not exist in acme\/billing\./);
    assert.match(await hoverOver(document, `acme/gateway@`), /not in the complete list of images/);
    assert.ok(!sandbox.exchanges.some(({ operation }) => operation === 'GetRegistryManifest'));
  });

  it('lose the hint with the text, saved or not', async () => {
    const document = await features.document(`a: acme/billing@${gone}\n`);
    const editor = await vscode.window.showTextDocument(document);
    await hinted(document, 1);
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, 1, 0), 'a: acme/billing:0.7\n'));
    await hinted(document, 0);
    assert.ok(document.isDirty);
  });

  it('have no hint in a text that is only for people', async () => {
    const notes = await features.document(`acme/billing@${gone}\n`, 'NOTES.md');
    const compose = await features.document(`a: acme/billing@${gone}\n`);
    await vscode.window.showTextDocument(notes);
    await lookedAtAll(await vscode.window.showTextDocument(compose, vscode.ViewColumn.Beside));
    assert.deepEqual(hintsIn(notes), []);
  });

  it('ask nothing for a text without a digest, however long it is visible', async () => {
    const plain = await features.document('a: acme/gateway:1.4.0\n');
    const compose = await features.document(`a: acme/billing@${gone}\n`);
    await vscode.window.showTextDocument(plain);
    await lookedAtAll(await vscode.window.showTextDocument(compose, vscode.ViewColumn.Beside));
    assert.deepEqual(listed(), ['acme/billing']);
  });

  it('have no hint at a digest that was pushed after an old list was read', async () => {
    const later = digestOf('pushed later');
    const document = await features.document(`a: acme/billing@${later}\nb: acme/billing@${gone}\n`);
    await hoverOver(document, 'acme/billing');
    sandbox.world.repository('acme/billing').push({ digest: later, tags: ['1.0'], at: new Date() });
    features.advance(currentForMs + 1000);
    await vscode.window.showTextDocument(document);
    await hinted(document, 1);
    assert.equal(hintsIn(document)[0]?.range.start.line, 1);
    assert.deepEqual(listed(), ['acme/billing', 'acme/billing']);
  });

  it('keep their hint only until a newer list shows the digest', async () => {
    const later = digestOf('pushed later');
    const document = await features.document(`a: acme/billing@${later}\n`);
    await vscode.window.showTextDocument(document);
    await hinted(document, 1);
    sandbox.world.repository('acme/billing').push({ digest: later, tags: ['1.0'], at: new Date() });
    features.advance(currentForMs + 1000);
    await hoverOver(document, 'acme/billing');
    await hinted(document, 0);
  });

  it('have the lists of ten repositories read, and hints at others if those are known', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `acme/library-${index}`);
    names.forEach((name) => sandbox.world.addRepository(name));
    const document = await features.document(names.map((name) => `${name}@${gone}`).join('\n'), 'list.yaml');
    await vscode.window.showTextDocument(document);
    await hinted(document, 10);
    await hoverOver(document, 'acme/library-10@');
    await hinted(document, 11);
    assert.deepEqual(listed(), names.slice(0, 11));
  });
});
