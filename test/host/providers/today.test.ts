import assert from 'node:assert/strict';
import { parseRepositoryRef } from '../../../src/hub/names';
import type { Node } from '../../../src/providers/nodes';
import { sandboxOrganisationTokens } from '../../../src/sandbox/index';
import { HubTreeFixture, until, type TreeSetting } from '../../support/hubTree';
import { withSandbox } from '../../support/sandbox';

const gateway = parseRepositoryRef('acme/gateway');

describe('rows of a Hub without the image-management API', () => {
  const sandbox = withSandbox(() => ({ routes: 'today' }));
  let fixture: HubTreeFixture | undefined;

  afterEach(() => fixture?.dispose());

  const open = async () => (fixture = await HubTreeFixture.open(sandbox));
  const labels = ({ item }: HubTreeFixture, rows: readonly Node[]) => rows.map((row) => item(row).label);

  it('say that images may belong together until contents are read', async () => {
    const tree = await open();
    const rows = await tree.rows('acme', 'acme/gateway');
    assert.deepEqual(labels(tree, rows.slice(-1)), ['Some images may belong to multi-platform images']);
    const images = rows.filter(({ kind }) => kind === 'image');
    const described = images.map((row) => String(tree.item(row).description));
    assert.match(described[0] ?? '', / · may have more parts$/);
    const untagged = described.filter((text) => text.endsWith(' · untagged'));
    assert.ok(untagged.length > 0);
    assert.ok(untagged.every((text) => text.endsWith(' · may belong to another image · untagged')));
    const repository = () => {
      const row = tree.tree.repositoryNode(gateway);
      assert.ok(row);
      return row;
    };
    const uri = tree.item(repository()).resourceUri;
    assert.ok(uri);
    tree.tree.rowInView(uri); // reads the counts
    await until(() => String(tree.item(repository()).description).includes('inactive'));
    assert.match(
      String(tree.item(repository()).description),
      new RegExp(` · \\d+ inactive · .*up to ${images.length} images`),
    );
    await tree.readContents(gateway);
    await tree.tree.refresh(repository());
    assert.match(String(tree.item(repository()).description), / · 7 images$/);
  });

  it('have what belongs to an image below it, and tags first', async () => {
    const tree = await open();
    await tree.rows('acme', 'acme/gateway');
    await tree.readContents(gateway);
    await tree.tree.refresh();
    const images = await tree.rows('acme', 'acme/gateway');
    assert.equal(images.length, 7);
    const below = await tree.rows('acme', 'acme/gateway', images[0]?.id ?? '');
    assert.deepEqual(labels(tree, below), [
      '1.4.0',
      'edge',
      'latest',
      'linux/amd64',
      'linux/arm64',
      'attestation',
    ]);
    assert.equal(tree.tree.shownView.imageApi, 'registry');
  });

  it('are there while the rest is read, and that is said', async () => {
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    sandbox.faults.add({ on: { operation: 'GetManifests' }, fault: { kind: 'before', change: () => gate } });
    const tree = await open();
    const first = await tree.rows('acme', 'acme/gateway');
    assert.deepEqual(labels(tree, first.slice(-1)), ['Reading the remaining images…']);
    assert.equal(first.filter(({ kind }) => kind === 'image').length, 5);
    goOn();
    await until(() => tree.changedRows.at(-1)?.id === 'acme/gateway');
    await until(() => tree.catalog.loadedImages(gateway).length > 5);
    const rows = await tree.rows('acme', 'acme/gateway');
    assert.ok(rows.every(({ kind, id }) => kind === 'image' || id.endsWith('#message:indexesUnread')));
  });

  it('say below the images what cannot be seen', async () => {
    sandbox.faults.add({
      on: { operation: 'GetManifests' },
      times: 'always',
      fault: { kind: 'status', status: 404, body: { message: '404: Page Not Found' } },
    });
    const tree = await open();
    const rows = await tree.rows('acme', 'acme/gateway');
    assert.deepEqual(labels(tree, rows.slice(-1)), ['Untagged images are not shown']);
    assert.equal(rows.filter(({ kind }) => kind === 'image').length, 5);
  });

  const privateMessage = 'acme#message:private';
  const openAs = async (token: keyof typeof sandboxOrganisationTokens, more: TreeSetting = {}) =>
    (fixture = await HubTreeFixture.open(sandbox, {
      credentials: { username: 'acme', password: sandboxOrganisationTokens[token].secret },
      ...more,
    }));

  it('have the namespace of an organization alone, and ask no route of users', async () => {
    const tree = await openAs('acme');
    const [acme, ...others] = await tree.rows();
    assert.equal(tree.item(acme).label, 'acme');
    assert.equal(acme?.kind === 'namespace' && acme.namespace.origin, 'organization');
    assert.deepEqual(others, []);
    assert.equal(
      tree.requests('GetUser') + tree.requests('GetUserOrganisations') + tree.requests('GetOwnNamespaces'),
      0,
    );
    assert.ok((await tree.rows('acme', 'acme/api')).length > 0);
  });

  it('say below the namespace that private repositories may be missing, and what to do', async () => {
    const tree = await openAs('acmeUnlisted');
    const rows = await tree.rows('acme');
    assert.deepEqual(labels(tree, rows), [
      'api',
      'gateway',
      'nightly',
      'Private repositories may be missing',
    ]);
    const message = rows.at(-1);
    assert.equal(message?.id, privateMessage);
    const { tooltip, command, accessibilityInformation } = tree.item(message);
    assert.ok(typeof tooltip === 'string');
    assert.match(tooltip, /permission to list repositories.*Add Repository…/);
    assert.equal(accessibilityInformation?.label, tooltip);
    assert.equal(command?.command, 'hubImages.repository.add');
  });

  it('say nothing of the kind where private repositories are listed', async () => {
    const tree = await openAs('acme');
    assert.deepEqual(labels(tree, await tree.rows('acme')), ['api', 'billing', 'gateway', 'nightly']);
  });

  it('say it of no other namespace', async () => {
    const tree = await openAs('acmeUnlisted', { namespaces: ['demo'] });
    assert.deepEqual(labels(tree, await tree.rows('demo')), ['No repositories']);
  });

  it('say it to no person', async () => {
    const tree = await HubTreeFixture.open(sandbox, {
      credentials: { username: 'free', password: 'sandbox-free' },
    });
    fixture = tree;
    assert.deepEqual(labels(tree, await tree.rows('free')), ['blog']);
  });
});
