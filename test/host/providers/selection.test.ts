import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { parseRepositoryRef } from '../../../src/hub/names';
import { HubTreeView } from '../../../src/providers/hubTreeView';
import { HubTreeFixture, until } from '../../support/hubTree';
import { withSandbox } from '../../support/sandbox';

const images = 'GetNamespacesRepositoriesImages';
const repository = 'acme/api';

describe('selected rows', () => {
  const sandbox = withSandbox();
  let fixture: HubTreeFixture | undefined;
  let view: HubTreeView | undefined;

  afterEach(() => {
    view?.dispose();
    fixture?.dispose();
  });

  it('are still there while the rows around them are read again', async () => {
    fixture = await HubTreeFixture.open(sandbox);
    // Takes the place of the extension's own view, which this run has no use for any more.
    const current = (view = new HubTreeView(fixture.tree, () => new Date()));
    const [row] = await fixture.rows('acme', repository);
    assert.ok(row?.kind === 'image');
    await current.reveal(row);
    await until(() => current.view.selection[0]?.id === row.id);

    sandbox.faults.add({ on: { operation: images }, times: 'always', fault: { kind: 'hang' } });
    await fixture.viewOptions.update(fixture.origin, parseRepositoryRef(repository), {
      activityWindowDays: 7,
    });
    await until(() => current.view.selection.length === 0);
    assert.deepEqual(
      current.selection.map(({ id }) => id),
      [row.id],
    );
  });

  it('are known to a key once the rows around them are read again, if they were selected meanwhile', async () => {
    fixture = await HubTreeFixture.open(sandbox);
    const current = (view = new HubTreeView(fixture.tree, () => new Date()));
    const [row, next] = await fixture.rows('acme', repository);
    assert.ok(row?.kind === 'image' && next?.kind === 'image');
    await current.reveal(row);
    await until(() => current.view.selection[0]?.id === row.id);
    let answer: () => void = () => undefined;
    const isHeld = new Promise<void>((resolve) => (answer = resolve));
    sandbox.faults.add({
      on: { operation: images },
      times: 'always',
      fault: { kind: 'before', change: () => isHeld },
    });
    await fixture.viewOptions.update(fixture.origin, parseRepositoryRef(repository), {
      activityWindowDays: 7,
    });
    await until(() => current.view.selection.length === 0);

    const reported: number[] = [];
    const listener = current.view.onDidChangeSelection(({ selection }) => reported.push(selection.length));
    await vscode.commands.executeCommand('list.selectAll'); // the tree has the focus, and draws its old rows
    await until(() => reported.length > 0);
    listener.dispose();
    const atKey = current.readSelection();
    answer();
    const ids = (await atKey).map(({ id }) => id);
    assert.ok(
      ids.includes(row.id) && ids.includes(next.id),
      `${ids.length} rows, ${reported.join()} reported`,
    );
  });
});
