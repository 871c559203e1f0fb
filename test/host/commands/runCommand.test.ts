import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { registerCommands, runCommand } from '../../../src/commands';
import { type CommandId, commandIds } from '../../../src/contributions';
import { formatRepository } from '../../../src/hub/names';
import type { Services } from '../../../src/interaction/services';
import type { Node } from '../../../src/providers/nodes';
import { CapturedWindow } from '../../support/capturedWindow';
import { HubTreeFixture } from '../../support/hubTree';
import { withSandbox } from '../../support/sandbox';

const refusal = (id: CommandId) =>
  `"${id}" was run with an argument that is not, or no longer, a row of the Hub Images view. Select the rows in the view and run the command from there.`;

describe('a command with an argument', () => {
  const sandbox = withSandbox();
  let fixture: HubTreeFixture;
  let repositoryRow: Node;
  let imageRow: Node;

  beforeEach(async () => {
    fixture = await HubTreeFixture.open(sandbox);
    repositoryRow = rowIn(await fixture.rows('acme'), 'acme/api');
    imageRow = rowIn(await fixture.rows('acme', 'acme/api'), 'acme/api@');
  });

  afterEach(() => {
    fixture.dispose();
  });

  const run = async (
    id: CommandId,
    args: readonly unknown[],
    selection: readonly Node[] = [],
  ): Promise<readonly string[]> => {
    const captured = new CapturedWindow({});
    try {
      await runCommand(servicesOf(fixture, selection), id, args);
    } finally {
      captured.restore();
    }
    return captured.texts;
  };

  for (const id of commandIds) {
    it(`refuses a copy of a row, and asks nothing of the server: ${id}`, async () => {
      const before = sandbox.exchanges.length;
      assert.deepEqual(await run(id, [{ ...imageRow }]), [refusal(id)]);
      assert.deepEqual(await run(id, [imageRow, [imageRow, { ...imageRow }]]), [refusal(id)]);
      assert.equal(sandbox.exchanges.length, before);
    });
  }

  it('is refused under every id that is registered', async () => {
    const registered = new Map<string, (...args: readonly unknown[]) => Promise<void>>();
    const { registerCommand } = vscode.commands;
    const take = (id: string, handler: (...args: readonly unknown[]) => Promise<void>) => {
      registered.set(id, handler);
      return new vscode.Disposable(() => undefined);
    };
    assert.ok(Reflect.set(vscode.commands, 'registerCommand', take)); // the extension has the ids already
    try {
      registerCommands(servicesOf(fixture, [])).dispose();
    } finally {
      Reflect.set(vscode.commands, 'registerCommand', registerCommand);
    }
    assert.deepEqual([...registered.keys()], [...commandIds]);
    const captured = new CapturedWindow({});
    try {
      for (const handler of registered.values()) {
        await handler({ ...imageRow });
      }
    } finally {
      captured.restore();
    }
    assert.deepEqual(captured.texts, commandIds.map(refusal));
  });

  it('applies to a row of the tree', async () => {
    await run('hubImages.image.copyDigest', [imageRow]);
    assert.match(await vscode.env.clipboard.readText(), /^sha256:/);
    const before = sandbox.exchanges.length;
    assert.deepEqual(await run('hubImages.tree.refresh', [repositoryRow, undefined]), []);
    assert.ok(sandbox.exchanges.length > before);
  });

  it('applies to the row of a tooltip, whose link has its id, and to no other row', async () => {
    const link = [{ row: imageRow.id }];
    const id = 'hubImages.image.findReferences';
    assert.deepEqual(await run(id, link), [refusal(id)], 'its tooltip was not shown');
    await fixture.tree.resolveTreeItem(fixture.item(imageRow), imageRow);
    assert.deepEqual(await run(id, link), [], 'it is shown');
    assert.deepEqual(shownReferences, [imageRow.id.replace(/@.*/, '')]);
    assert.deepEqual(await run('hubImages.image.delete', link), [refusal('hubImages.image.delete')]);
    fixture.signOut();
    assert.deepEqual(await run(id, link), [refusal(id)], 'its server is no longer in use');
  });

  it('applies to the parent of a row, and to a row that was read again', async () => {
    assert.ok(imageRow.parent);
    assert.equal(fixture.tree.isRow(imageRow.parent), true);
    await fixture.tree.refresh();
    const again = rowIn(await fixture.rows('acme', 'acme/api'), imageRow.id);
    assert.notEqual(again, imageRow);
    assert.deepEqual([fixture.tree.isRow(again), fixture.tree.isRow(imageRow)], [true, true]);
  });

  it('applies to every row that the tree hands out', async () => {
    const rows = [
      ...(await fixture.rows()),
      ...(await fixture.rows('acme')),
      ...(await fixture.rows('acme', 'acme/api')),
      ...(await fixture.rows('acme', 'acme/api', imageRow.id)),
    ];
    assert.deepEqual(
      rows.filter((row) => !fixture.tree.isRow(row)),
      [],
    );
    assert.ok(new Set(rows.map(({ kind }) => kind)).size >= 4);
  });

  it('is refused for rows of a server that is no longer in use', async () => {
    fixture.signOut();
    assert.deepEqual(await run('hubImages.image.delete', [imageRow]), [refusal('hubImages.image.delete')]);
    assert.deepEqual(await run('hubImages.image.delete', [{ from: 'selection' }], [imageRow]), [
      refusal('hubImages.image.delete'),
    ]);
  });
});

function rowIn(rows: readonly Node[], id: string): Node {
  const row = rows.find((one) => one.id.startsWith(id));
  assert.ok(row, `there is no row ${id}`);
  return row;
}

/** Repositories of the images that references were shown to. */
let shownReferences: string[] = [];

/** As many services as the commands use that are carried out here. */
function servicesOf({ tree, catalog }: HubTreeFixture, selection: readonly Node[]): Services {
  const services: Partial<Services> = {
    tree,
    catalog,
    referencesView: {
      show: ({ images }) => {
        shownReferences = images.map((image) => formatRepository(image.repository));
        return Promise.resolve();
      },
    },
    treeView: { readSelection: () => Promise.resolve(selection), reveal: () => Promise.resolve() },
    log: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
    } as Partial<vscode.LogOutputChannel> as vscode.LogOutputChannel,
  };
  return services as Services;
}
