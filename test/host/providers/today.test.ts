import assert from 'node:assert/strict';
import { parseRepositoryRef } from '../../../src/hub/names';
import type { Node } from '../../../src/providers/nodes';
import { HubTreeFixture, until } from '../../support/hubTree';
import { withSandbox } from '../../support/sandbox';

describe('rows of a Hub without the image-management API', () => {
  const sandbox = withSandbox(() => ({ routes: 'today' }));
  let fixture: HubTreeFixture | undefined;

  afterEach(() => fixture?.dispose());

  const open = async () => (fixture = await HubTreeFixture.open(sandbox));
  const labels = ({ item }: HubTreeFixture, rows: readonly Node[]) => rows.map((row) => item(row).label);

  it('have what belongs to an image below it, and tags first', async () => {
    const tree = await open();
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
    assert.deepEqual(labels(tree, first.slice(-1)), ['Reading the rest…']);
    assert.equal(first.filter(({ kind }) => kind === 'image').length, 5);
    goOn();
    await until(() => tree.changedRows.at(-1)?.id === 'acme/gateway');
    await until(() => tree.tree.loadedImages(parseRepositoryRef('acme/gateway')).length === 7);
    assert.ok((await tree.rows('acme', 'acme/gateway')).every(({ kind }) => kind === 'image'));
  });

  it('say below the images what cannot be seen', async () => {
    sandbox.faults.add({
      on: { operation: 'GetManifests' },
      times: 'always',
      fault: { kind: 'status', status: 404, body: { message: '404: Page Not Found' } },
    });
    const tree = await open();
    const rows = await tree.rows('acme', 'acme/gateway');
    assert.deepEqual(labels(tree, rows.slice(-1)), ['Images without a tag cannot be seen']);
    assert.equal(rows.filter(({ kind }) => kind === 'image').length, 5);
  });
});
