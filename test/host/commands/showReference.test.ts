import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { runCommand } from '../../../src/commands';
import type { Services } from '../../../src/interaction/services';
import type { Node } from '../../../src/providers/nodes';
import type { FileReference } from '../../../src/references/reference';
import { parseDigest } from '../../../src/hub/digest';
import { parseRepositoryRef } from '../../../src/hub/names';
import { CapturedWindow } from '../../support/capturedWindow';
import { HubTreeFixture } from '../../support/hubTree';
import { digestOf } from '../../support/images';
import { withSandbox } from '../../support/sandbox';

const command = 'hubImages.reference.show';
const nightly = parseRepositoryRef('acme/nightly');

describe('Show in Hub Images', () => {
  const sandbox = withSandbox(() => ({ routes: 'today' }));
  let fixture: HubTreeFixture;
  let revealed: Node[];
  let settings: Pick<Services['settings'], 'showsReferenceHovers' | 'showsReferenceHints'>;
  let signIns: number;

  beforeEach(async () => {
    revealed = [];
    settings = { showsReferenceHovers: false, showsReferenceHints: true };
    signIns = 0;
    fixture = await HubTreeFixture.open(sandbox);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    fixture.dispose();
  });

  /** Runs the command, by a link unless there is a reference at the cursor. */
  async function show(link: unknown, atCursor?: Partial<FileReference>): Promise<readonly string[]> {
    const { tree, catalog } = fixture;
    const services: Partial<Services> = {
      connections: {
        current: catalog.server?.connection,
        signIn: () => Promise.resolve((signIns += 1) > 0),
      } as Partial<Services['connections']> as Services['connections'],
      settings: settings as Services['settings'],
      tree,
      catalog,
      treeView: {
        readSelection: () => Promise.resolve([]),
        reveal: (node) => Promise.resolve(void revealed.push(node)),
      },
      languageFeatures: { referenceAt: () => Promise.resolve(atCursor as FileReference | undefined) },
      log: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: (error: string) => assert.fail(error),
      } as Partial<vscode.LogOutputChannel> as vscode.LogOutputChannel,
    };
    const captured = new CapturedWindow({ showInformationMessage: (_, button) => button });
    try {
      await runCommand(services as Services, command, link === undefined ? [] : [link]);
    } finally {
      captured.restore();
    }
    return captured.texts;
  }

  const rows = () => revealed.map((row) => row.id);

  it('reveals the image that has the tag, though nothing was listed yet', async () => {
    const digest = sandbox.world.repository('acme/billing').tags.get('production') ?? '';
    assert.deepEqual(await show({ reference: { repository: 'acme/billing', tag: 'production' } }), []);
    assert.deepEqual(rows(), [`acme/billing@${digest}`]);
  });

  it('reveals the image that has the digest, whatever its tag is, and loads the pages before it', async () => {
    const [oldest] = [...sandbox.world.repository('acme/nightly').manifests];
    const reference = { repository: 'acme/nightly', tag: 'nightly', digest: oldest?.digest };
    assert.deepEqual(await show({ reference }), []);
    assert.deepEqual(rows(), [`acme/nightly@${oldest?.digest}`]);
    assert.equal(fixture.catalog.loadedImages(nightly).length, 240);
  });

  it('reveals the image that a platform belongs to', async () => {
    const gateway = sandbox.world.repository('acme/gateway');
    const index = gateway.tags.get('1.4.0') ?? '';
    const [platform] = gateway.get(index)?.children ?? [];
    await show({ reference: { repository: 'acme/gateway', digest: platform } });
    assert.deepEqual(rows(), [`acme/gateway@${index}`]);
  });

  it('reveals the repository where no image is named', async () => {
    assert.deepEqual(await show({ reference: { repository: 'acme/api' } }), []);
    assert.deepEqual(rows(), ['acme/api']);
  });

  it('says that it did not find the image, and reveals the repository', async () => {
    const digest = digestOf('missing');
    assert.deepEqual(await show({ reference: { repository: 'acme/billing', tag: '0.7', digest } }), [
      `No image of acme/billing that is shown has the digest ${digest}.`,
    ]);
    assert.deepEqual(await show({ reference: { repository: 'acme/billing', tag: '9' } }), [
      'No image of acme/billing that is shown has the tag 9.',
    ]);
    assert.deepEqual(rows(), ['acme/billing', 'acme/billing']);
  });

  it('says that a filter may hide the image', async () => {
    const billing = parseRepositoryRef('acme/billing');
    await fixture.viewOptions.update(fixture.origin, billing, { status: 'inactive' });
    assert.deepEqual(await show({ reference: { repository: 'acme/billing', tag: 'production' } }), [
      'No image of acme/billing that is shown has the tag production. The repository has a status filter, which may hide the image.',
    ]);
  });

  it('says that a repository is not there, and asks nothing about it', async () => {
    assert.deepEqual(await show({ reference: { repository: 'free/blog', tag: '1' } }), [
      'free/blog is not in the Hub Images view. To add it, run Add Repository….',
    ]);
    assert.deepEqual(rows(), []);
    assert.ok(!sandbox.exchanges.some(({ path }) => path.includes('free')));
  });

  it('takes the reference at the cursor, or says that there is none', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'image: acme/billing:0.7' });
    await vscode.window.showTextDocument(document);
    await show(undefined, { repository: 'acme/billing', tag: '0.7' });
    assert.equal(revealed.length, 1);
    assert.deepEqual(await show(undefined), [
      'There is no reference to an image in your repositories at the cursor.',
    ]);
    settings = { showsReferenceHovers: false, showsReferenceHints: false };
    assert.deepEqual(await show(undefined), ['References in text editors are turned off in the settings.']);
  });

  it('offers to sign in first', async () => {
    fixture.signOut();
    for (const link of [undefined, { reference: { repository: 'acme/billing', tag: '0.7' } }]) {
      assert.deepEqual(await show(link), ['Sign in to Docker Hub first.', 'Sign In']);
    }
    assert.equal(signIns, 2);
    assert.deepEqual(rows(), []);
  });

  it('finds the repository of a digest alone among those that were read', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'a digest' });
    await vscode.window.showTextDocument(document);
    const [image] = [...sandbox.world.repository('acme/billing').manifests];
    const digest = parseDigest(image?.digest ?? '');
    const bare = { repository: undefined, digest };
    assert.match((await show(undefined, bare)).join(), /There is no reference/);
    await fixture.rows('acme', 'acme/billing');
    assert.deepEqual(await show(undefined, bare), []);
    assert.deepEqual(rows(), [`acme/billing@${digest}`]);
  });

  const forged: readonly unknown[] = [
    { reference: undefined },
    { reference: 'acme/billing' },
    { reference: { repository: 'acme' } },
    { reference: { repository: 'acme/../x', tag: '1' } },
    { reference: { repository: 'acme/billing', tag: 7 } },
    { reference: { repository: 'acme/billing', digest: 'sha256' } },
  ];
  for (const link of forged) {
    it(`refuses ${JSON.stringify(link)}`, async () => {
      assert.match((await show(link)).join(), /is not, or no longer, a row/);
      assert.deepEqual(rows(), []);
    });
  }
});
