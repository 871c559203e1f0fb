import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { contextKeys, extensionName } from '../../../src/contributions';
import { LanguageFeatures } from '../../../src/workspace/languageFeatures';
import { currentForMs } from '../../../src/workspace/imageLists';
import { until } from '../../support/hubTree';
import { digestOf } from '../../support/images';
import { withSandbox } from '../../support/sandbox';
import { actionsAt, gone, hinted, hoverOver, TextFeatures } from '../support/textFeatures';

describe('references in a text editor', () => {
  const sandbox = withSandbox(() => ({ routes: 'today' }));
  let features: TextFeatures;

  beforeEach(async () => {
    features = await TextFeatures.open(sandbox, 'registry');
  });

  afterEach(() => features.close());

  const tagged = (repository: string, tag: string) =>
    sandbox.world.repository(repository).tags.get(tag) ?? '';
  const requests = () =>
    sandbox.exchanges.map(({ operation }) => operation).filter((operation) => operation !== 'PostUsersLogin');
  const lists = () => requests().filter((operation) => operation === 'GetManifests').length;

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

  it('leave a text alone that nobody writes by hand', async () => {
    const large = await features.document(`a: acme/billing:0.7\n${'# \n'.repeat(400_000)}`);
    assert.equal(await hoverOver(large, 'acme/billing'), '');
    const untitled = await vscode.workspace.openTextDocument({
      content: 'FROM acme/billing:0.7',
      language: 'dockerfile',
    });
    assert.match(await hoverOver(untitled, 'acme/billing'), /acme\/billing: 0\.7/);
  });

  it('say that their tag moved on', async () => {
    const [before, now] = [tagged('acme/billing', '0.7'), tagged('acme/billing', 'production')];
    const document = await features.document(`image: acme/billing:production@${before}\n`);
    assert.match(
      await hoverOver(document, 'acme/billing'),
      new RegExp(`\\*\\*Tag:\\*\\* production now points to ${now.slice(0, 19)}, last pushed`),
    );
  });

  it('are missing only from a list that is not old', async () => {
    const { digest, tag } = { digest: digestOf('pushed later'), tag: '1.0' };
    const document = await features.document(`a: acme/billing@${digest}\nb: acme/billing:${tag}\n`);
    assert.match(
      await hoverOver(document, 'acme/billing@'),
      /\*\*Digest:\*\* does not exist in acme\/billing\./,
    );
    assert.match(await hoverOver(document, 'acme/billing:'), /1\.0 no longer exists/);
    sandbox.world.repository('acme/billing').push({ digest, tags: [tag], at: new Date() });
    features.advance(currentForMs + 1000);
    const [byDigest, byTag] = await Promise.all([
      hoverOver(document, 'acme/billing@'),
      hoverOver(document, 'acme/billing:'),
    ]);
    assert.match(byDigest, /\*\*Image:\*\* acme\/billing: 1\.0/);
    assert.match(byTag, /\*\*Image:\*\* acme\/billing: 1\.0/);
    assert.equal(lists(), 2);
  });

  it('are not said to be missing if a new list cannot be read, which is not tried all the time', async () => {
    const document = await features.document(`a: acme/billing@${gone}\n`);
    await hoverOver(document, 'acme/billing');
    features.advance(currentForMs + 1000);
    const end = sandbox.faults.add({
      on: { operation: 'GetManifests' },
      times: 'always',
      fault: { kind: 'status', status: 403, body: { message: 'not for you' } },
    });
    for (let round = 0; round < 2; round += 1) {
      assert.match(await hoverOver(document, 'acme/billing'), /\*\*Images:\*\* \S/);
    }
    assert.equal(lists(), 2);
    end();
    features.advance(61_000);
    assert.match(await hoverOver(document, 'acme/billing'), /does not exist/);
    assert.equal(lists(), 3);
  });

  it('are read again once after a refresh', async () => {
    const document = await features.document('image: acme/billing:0.7\n');
    await hoverOver(document, 'acme/billing');
    await features.fixture.tree.refresh();
    await hoverOver(document, 'acme/billing');
    await hoverOver(document, 'acme/billing');
    assert.equal(lists(), 2);
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

  it('are loaded again when they are needed if that failed', async () => {
    const document = await features.document('image: acme/billing:0.7\n');
    const position = new vscode.Position(0, 10);
    const errors: unknown[] = [];
    let tries = 0;
    const again = new LanguageFeatures(
      { ...features.options, log: { debug: () => undefined, error: (error) => errors.push(error) } },
      () => {
        tries += 1;
        return tries === 1
          ? Promise.reject(new Error('the disk is away'))
          : import('../../../src/workspace/referenceFeatures');
      },
    );
    try {
      assert.equal(await again.referenceAt(document, position), undefined);
      assert.equal((await again.referenceAt(document, position))?.repository, 'acme/billing');
      await again.referenceAt(document, position);
      assert.deepEqual([tries, errors.length], [2, 1]);
    } finally {
      again.dispose();
    }
  });

  it('are left alone when nobody is signed in', async () => {
    const document = await features.document(`image: acme/billing:0.7@${gone}\n`);
    await vscode.window.showTextDocument(document);
    await hinted(document, 1);
    features.fixture.signOut();
    await hinted(document, 0);
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
      await features.loaded;
      assert.match(await hoverOver(document, 'acme/billing'), /does not exist/);
      assert.deepEqual(await actionsAt(document, 'acme/billing'), []);
      await set('hovers', false);
      await features.features.referenceAt(document, new vscode.Position(0, 10)); // follows the settings first
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
  let features: TextFeatures;

  beforeEach(async () => {
    features = await TextFeatures.open(sandbox, 'management');
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
