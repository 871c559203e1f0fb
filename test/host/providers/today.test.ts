import assert from 'node:assert/strict';
import type { Node } from '../../../src/providers/nodes';
import { HubTreeFixture } from '../../support/hubTree';
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
