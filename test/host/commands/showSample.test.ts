import assert from 'node:assert/strict';
import { showSample } from '../../../src/commands/sandbox/showSample';
import type { Services } from '../../../src/interaction/services';
import type { Node } from '../../../src/providers/nodes';
import { CapturedWindow } from '../../support/capturedWindow';
import { HubTreeFixture } from '../../support/hubTree';
import { withSandbox } from '../../support/sandbox';

describe('what the sandbox shows first', () => {
  const sandbox = withSandbox();
  let fixture: HubTreeFixture;
  let revealed: Node[];
  let reveal: () => Promise<void>;
  let current: object | undefined;
  let texts: readonly string[];

  beforeEach(async () => {
    fixture = await HubTreeFixture.open(sandbox);
    revealed = [];
    reveal = () => Promise.resolve();
    current = {};
  });
  afterEach(() => {
    fixture.dispose();
  });

  async function show(): Promise<void> {
    const services = {
      connections: {
        get current() {
          return current;
        },
      },
      tree: fixture.tree,
      treeView: {
        reveal: (row: Node) => {
          revealed.push(row);
          return reveal();
        },
      },
      log: { debug: () => undefined },
    };
    const captured = new CapturedWindow({});
    try {
      await showSample(services as unknown as Services); // of each no more than what is used
    } finally {
      captured.restore();
    }
    texts = captured.texts;
  }

  it('is an inactive image, found without a row having been opened', async () => {
    await show();
    const [row] = revealed;
    assert.ok(row?.kind === 'image');
    assert.equal(row.parent.id, 'acme/billing');
    assert.equal(row.image.status, 'inactive');
    assert.equal(fixture.tree.getParent(row), row.parent);
  });

  it('is the repository if its images cannot be listed', async () => {
    sandbox.faults.add({
      on: { operation: 'GetNamespacesRepositoriesImages' },
      times: 'always',
      fault: { kind: 'status', status: 400, body: { message: 'no' } },
    });
    await show();
    assert.deepEqual(
      revealed.map(({ id }) => id),
      ['acme/billing'],
    );
    assert.deepEqual(texts, []);
  });

  it('is nothing if namespaces cannot be listed', async () => {
    for (const operation of ['GetOwnNamespaces', 'GetUserOrganisations'] as const) {
      sandbox.faults.add({
        on: { operation },
        times: 'always',
        fault: { kind: 'status', status: 400, body: { message: 'no' } },
      });
    }
    await show();
    assert.deepEqual([revealed, texts], [[], []]);
  });

  it('is nothing, and no error, after the sandbox was left meanwhile', async () => {
    const showing = show();
    current = undefined;
    fixture.signOut();
    await showing;
    assert.deepEqual([revealed, texts], [[], []]);
  });

  it('is no error if the editor has no such row any more', async () => {
    reveal = () => Promise.reject(new Error('Element with id 0/0:acme/billing is already registered'));
    await show();
    assert.equal(revealed.length, 1);
    assert.deepEqual(texts, []);
  });
});
