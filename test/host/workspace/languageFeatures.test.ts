import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { contextKeys, extensionName } from '../../../src/contributions';
import { Settings } from '../../../src/settings';
import { LanguageFeatures } from '../../../src/workspace/languageFeatures';
import { HubTreeFixture, until } from '../../support/hubTree';
import { digestOf } from '../../support/images';
import { type SandboxFixture, withSandbox } from '../../support/sandbox';

const gone = digestOf('a digest that never was');

/** The features on a tree, and what the editor shows of them. */
class Features implements vscode.Disposable {
  readonly context = new Map<string, unknown>();
  readonly #settings = new Settings();
  readonly #folder = mkdtempSync(join(tmpdir(), 'hub-images-references-'));
  readonly features: LanguageFeatures;
  #documents = 0;

  private constructor(readonly fixture: HubTreeFixture) {
    const { catalog } = fixture;
    this.features = new LanguageFeatures({
      catalog,
      connections: {
        get current() {
          return catalog.server?.connection;
        },
        onDidChange: (listener, thisArg) =>
          catalog.onDidChange(({ kind }) => {
            if (kind === 'serverChanged') listener.call(thisArg);
          }),
      },
      settings: this.#settings,
      setContext: (key, value) => this.context.set(key, value),
      log: { debug: () => undefined, error: (error) => assert.fail(String(error)) },
    });
  }

  static async open(sandbox: SandboxFixture, api: 'management' | 'registry'): Promise<Features> {
    const features = new Features(await HubTreeFixture.open(sandbox, { api }));
    await until(() => features.features.areLoaded);
    return features;
  }

  /** A file of its own. */
  async document(text: string, name = 'compose.yaml'): Promise<vscode.TextDocument> {
    this.#documents += 1;
    const folder = join(this.#folder, String(this.#documents)); // the name tells what the file is
    mkdirSync(folder);
    const path = join(folder, name);
    writeFileSync(path, text);
    return vscode.workspace.openTextDocument(vscode.Uri.file(path));
  }

  /** Unsaved files would be written again after their folder is gone. */
  async save(): Promise<void> {
    await Promise.all(
      vscode.workspace.textDocuments
        .filter(({ isDirty, isUntitled }) => isDirty && !isUntitled)
        .map((one) => one.save()),
    );
  }

  dispose(): void {
    this.features.dispose();
    this.#settings.dispose();
    this.fixture.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** What the editor shows on hover over the first place where the document has the text. */
async function hoverOver(document: vscode.TextDocument, text: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.positionAt(document.getText().indexOf(text) + 1),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
    .filter((value) => value.includes('hubImages.reference.show') || value.startsWith('**Repository'))
    .join('\n')
    .replaceAll('\\', '')
    .replaceAll('&nbsp;', ' ');
}

async function actionsAt(document: vscode.TextDocument, text: string): Promise<vscode.CodeAction[]> {
  const position = document.positionAt(document.getText().indexOf(text) + 1);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(position, position),
  );
  return actions.filter(({ title }) => title === 'Pin to the current digest');
}

const hintsIn = ({ uri }: vscode.TextDocument) =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Hub Images');

/** Resolves when the document has so many hints. */
function hinted(document: vscode.TextDocument, count: number): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (hintsIn(document).length === count) {
        listener.dispose();
        resolve();
      }
    };
    const listener = vscode.languages.onDidChangeDiagnostics(check);
    check();
  });
}

describe('references in a text editor', () => {
  const sandbox = withSandbox(() => ({ routes: 'today' }));
  let features: Features;

  beforeEach(async () => {
    features = await Features.open(sandbox, 'registry');
  });

  afterEach(async () => {
    await features.save();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    features.dispose();
  });

  const tagged = (repository: string, tag: string) =>
    sandbox.world.repository(repository).tags.get(tag) ?? '';
  const requests = () =>
    sandbox.exchanges.map(({ operation }) => operation).filter((operation) => operation !== 'PostUsersLogin');

  it('show what the lists tell about an image, and link to its row', async () => {
    const document = await features.document('image: docker.io/acme/billing:production\n');
    const text = await hoverOver(document, 'docker.io');
    assert.match(text, /\*\*Image:\*\* acme\/billing: 0\.8, production/);
    assert.ok(text.includes(`**Digest:** ${tagged('acme/billing', 'production')}`));
    assert.match(text, /\*\*Status:\*\* active/);
    assert.match(text, /\*\*Last pushed:\*\* .* UTC/);
    assert.match(text, /\*\*Last pulled:\*\* .* UTC/);
    const link =
      /\[Show in Hub Images\]\(command:hubImages\.reference\.show\?([^)]*)\)/.exec(text)?.[1] ?? '';
    assert.deepEqual(JSON.parse(decodeURIComponent(link)), [
      { reference: { repository: 'acme/billing', tag: 'production' } },
    ]);
  });

  it('read each list once, and no manifest', async () => {
    const document = await features.document(
      `a: acme/billing:production\nb: acme/billing:0.7\nc: acme/nightly:nightly\nd: acme/nightly@${gone}\n`,
    );
    assert.deepEqual(requests(), []);
    for (let round = 0; round < 3; round += 1) {
      for (const text of [
        'acme/billing:production',
        'acme/billing:0.7',
        'acme/nightly:nightly',
        'acme/nightly@',
      ]) {
        assert.notEqual(await hoverOver(document, text), '', text);
      }
    }
    const counts = new Map<string, number>();
    requests().forEach((operation) =>
      counts.set(String(operation), (counts.get(String(operation)) ?? 0) + 1),
    );
    assert.deepEqual(Object.fromEntries(counts), {
      GetOwnNamespaces: 1,
      GetUserOrganisations: 1,
      GetNamespaceRepositories: 1,
      GetManifests: 1 + 3, // a page of acme/billing, and three of acme/nightly
      GetTags: 1 + 1,
    });
  });

  it('say nothing, and ask nothing, of repositories of others', async () => {
    const document = await features.document(`a: grafana/grafana:12\nb: free/blog@${gone}\n`);
    assert.equal(await hoverOver(document, 'grafana/grafana'), '');
    assert.equal(await hoverOver(document, 'free/blog'), '');
    assert.deepEqual(await actionsAt(document, 'grafana/grafana'), []);
    assert.deepEqual(requests().sort(), ['GetOwnNamespaces', 'GetUserOrganisations']);
  });

  it('ask for no images of a repository that is not listed', async () => {
    const document = await features.document('image: acme/bling:1\n');
    assert.match(
      await hoverOver(document, 'acme/bling'),
      /not among the repositories that your account can list/,
    );
    assert.deepEqual(
      requests().filter((operation) => operation === 'GetManifests'),
      [],
    );
  });

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
      [hint?.message, hint?.severity, hint && document.getText(hint.range)],
      [
        'This digest no longer exists in acme/billing.',
        vscode.DiagnosticSeverity.Hint,
        `docker.io/acme/billing@${gone}`,
      ],
    );
    assert.match(await hoverOver(document, `docker.io/acme/billing@`), /This digest no longer exists/);
    assert.match(await hoverOver(document, `acme/gateway@`), /not in the complete list of images/);
    assert.deepEqual(
      requests().filter((operation) => operation === 'GetRegistryManifest'),
      [],
    );
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
    await vscode.window.showTextDocument(compose, vscode.ViewColumn.Beside);
    await hinted(compose, 1);
    assert.deepEqual(hintsIn(notes), []);
  });

  it('ask nothing for a text without a digest, however long it is visible', async () => {
    const plain = await features.document('a: acme/billing:0.7\n');
    await vscode.window.showTextDocument(plain);
    const compose = await features.document(`a: acme/billing@${gone}\n`);
    await vscode.window.showTextDocument(compose);
    await hinted(compose, 1);
    assert.deepEqual(requests().filter((operation) => operation === 'GetManifests').length, 1);
  });

  it('leave a text alone that nobody writes by hand', async () => {
    const large = await features.document(`a: acme/billing:0.7\n${'# \n'.repeat(400_000)}`);
    assert.equal(await hoverOver(large, 'acme/billing'), '');
    const untitled = await vscode.workspace.openTextDocument({
      content: 'FROM acme/billing:0.7',
      language: 'dockerfile',
    });
    assert.match(await hoverOver(untitled, 'acme/billing'), /acme\/billing: 0\.7/);
  });

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

  it('say that their tag moved on', async () => {
    const [before, now] = [tagged('acme/billing', '0.7'), tagged('acme/billing', 'production')];
    const document = await features.document(`image: acme/billing:production@${before}\n`);
    assert.match(
      await hoverOver(document, 'acme/billing'),
      new RegExp(`\\*\\*Tag:\\*\\* production now points to ${now.slice(0, 19)}, last pushed`),
    );
  });

  it('are read again once after a refresh', async () => {
    const document = await features.document('image: acme/billing:0.7\n');
    await hoverOver(document, 'acme/billing');
    await features.fixture.tree.refresh();
    await hoverOver(document, 'acme/billing');
    await hoverOver(document, 'acme/billing');
    assert.equal(requests().filter((operation) => operation === 'GetManifests').length, 2);
  });

  it('say why they could not be looked up', async () => {
    sandbox.faults.add({
      on: { operation: 'GetManifests' },
      times: 'always',
      fault: { kind: 'status', status: 403, body: { message: 'not for you' } },
    });
    const document = await features.document('image: acme/billing:0.7\n');
    const text = await hoverOver(document, 'acme/billing');
    assert.match(text, /\*\*Repository:\*\* acme\/billing\s+\*\*Images:\*\* \S/);
    assert.deepEqual(await actionsAt(document, 'acme/billing'), []);
  });

  it('tell the editor that the cursor is at one', async () => {
    const document = await features.document('image: acme/billing:0.7\nother: 1\n');
    const editor = await vscode.window.showTextDocument(document);
    await hoverOver(document, 'acme/billing'); // the namespaces are known from now on
    const isOnReference = () => features.context.get(contextKeys.isOnReference);
    editor.selection = new vscode.Selection(0, 10, 0, 10);
    await until(() => isOnReference() === true);
    editor.selection = new vscode.Selection(1, 3, 1, 3);
    await until(() => isOnReference() === false);
    const reference = await features.features.referenceAt(document, new vscode.Position(0, 10));
    assert.equal(reference?.repository, 'acme/billing');
  });

  it('are left alone when nobody is signed in', async () => {
    const document = await features.document(`image: acme/billing:0.7@${gone}\n`);
    await vscode.window.showTextDocument(document);
    await hinted(document, 1);
    features.fixture.signOut();
    await hinted(document, 0);
    assert.equal(features.features.areLoaded, false);
    assert.equal(await hoverOver(document, 'acme/billing'), '');
    assert.deepEqual(await actionsAt(document, 'acme/billing'), []);
    assert.equal(await features.features.referenceAt(document, new vscode.Position(0, 10)), undefined);
  });

  it('are left alone where the settings say so', async () => {
    const document = await features.document(`image: acme/billing:0.7@${gone}\n`);
    await vscode.window.showTextDocument(document);
    await hinted(document, 1);
    const configuration = vscode.workspace.getConfiguration(extensionName);
    const set = (part: 'hovers' | 'hints', value: boolean | undefined) =>
      configuration.update(`references.${part}`, value, vscode.ConfigurationTarget.Global);
    try {
      await set('hints', false);
      await hinted(document, 0);
      await until(() => features.features.areLoaded);
      assert.match(await hoverOver(document, 'acme/billing'), /no longer exists/);
      assert.deepEqual(await actionsAt(document, 'acme/billing'), []);
      await set('hovers', false);
      await until(() => !features.features.areLoaded);
      assert.equal(await hoverOver(document, 'acme/billing'), '');
      await set('hints', undefined);
      await hinted(document, 1);
      assert.equal(await hoverOver(document, 'acme/billing'), '');
    } finally {
      await set('hovers', undefined);
      await set('hints', undefined);
    }
  });
});

describe('references in a text editor, with image management', () => {
  const sandbox = withSandbox();
  let features: Features;

  beforeEach(async () => {
    features = await Features.open(sandbox, 'management');
  });

  afterEach(() => {
    features.dispose();
  });

  it('say that a tag moved on, from the list of former tags', async () => {
    const api = sandbox.world.repository('acme/api');
    const latest = api.tags.get('latest') ?? '';
    const before = [...api.manifests].find(({ digest }) => digest !== latest && !api.tags.has(digest));
    const document = await features.document(`image: acme/api:main@${before?.digest}\n`);
    assert.match(await hoverOver(document, 'acme/api'), /\*\*Tag:\*\* main now points to sha256:/);
  });

  it('find an image on a later page, and say of none that it is gone', async () => {
    const nightly = sandbox.world.repository('acme/nightly');
    const oldest = [...nightly.manifests].map(({ digest }) => digest);
    const document = await features.document(
      [`a: acme/nightly@${oldest[0]}`, `b: acme/nightly@${oldest.at(-1)}`, `c: acme/nightly@${gone}`].join(
        '\n',
      ),
    );
    assert.match(await hoverOver(document, `acme/nightly@${oldest[0]}`), /\*\*Status:\*\*/);
    assert.match(await hoverOver(document, `acme/nightly@${oldest.at(-1)}`), /\*\*Status:\*\*/);
    assert.match(
      await hoverOver(document, `acme/nightly@${gone}`),
      /not among the images of acme\/nightly that were read/,
    );
    const pages = sandbox.exchanges.filter(
      ({ operation }) => operation === 'GetNamespacesRepositoriesImages',
    );
    assert.equal(pages.length, 3);
  });
});
