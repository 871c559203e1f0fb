import assert from 'node:assert/strict';
import { parseRepositoryRef } from '../../../src/hub/names';
import { repositoriesFrom } from '../../../src/interaction/repositoriesFrom';
import type { Services } from '../../../src/interaction/services';
import { HubTreeView } from '../../../src/providers/hubTreeView';
import type { Node } from '../../../src/providers/nodes';
import { demoWorld, digestOf } from '../../../src/sandbox/index';
import { HubTreeFixture, until } from '../../support/hubTree';
import { withSandbox } from '../../support/sandbox';

const repositories = 'GetNamespaceRepositories';
const sizes: Readonly<Record<string, number>> = { 'api-docs': 900_000_000, 'api-old': 5_000_000_000 };

function world() {
  const made = demoWorld(new Date());
  for (const [name, sizeBytes] of Object.entries(sizes)) {
    made.addRepository(`acme/${name}`).push({ digest: digestOf(name), at: new Date(), sizeBytes });
  }
  return made;
}

describe('the repositories of a namespace', () => {
  const sandbox = withSandbox(() => ({ world: world() }));
  let fixture: HubTreeFixture;
  let view: HubTreeView | undefined;

  beforeEach(async () => {
    fixture = await HubTreeFixture.open(sandbox);
  });

  afterEach(() => {
    view?.dispose();
    view = undefined;
    fixture.dispose();
  });

  const show = (change: Partial<ReturnType<typeof current>>) =>
    fixture.viewOptions.updateRepositories(fixture.origin, { ...current(), ...change });
  const current = () => fixture.viewOptions.repositories(fixture.origin);
  const names = (rows: readonly Node[]) => rows.map(({ id }) => id.replace('acme/', ''));

  it('are sorted without a request, and stay the same rows', async () => {
    const byName = await fixture.rows('acme');
    assert.deepEqual(names(byName), ['api', 'api-docs', 'api-old', 'billing', 'gateway', 'nightly']);
    const before = fixture.requests(repositories);
    await show({ ordering: '-storage' });
    const bySize = await fixture.rows('acme');
    assert.deepEqual(names(bySize).slice(0, 2), ['nightly', 'api-old']);
    assert.deepEqual(new Set(bySize), new Set(byName));
    assert.equal(fixture.requests(repositories), before);
    await until(() => fixture.changedRows.at(-1)?.id === 'acme');
  });

  it('are below the row of their group, which a refresh reads again', async () => {
    await show({ grouping: 'prefix' });
    const rows = await fixture.rows('acme');
    assert.deepEqual(names(rows), ['api*', 'billing', 'gateway', 'nightly']);
    const [group] = rows;
    assert.ok(group?.kind === 'group');
    assert.deepEqual(names(await fixture.rows('acme', group.id)), ['api', 'api-docs', 'api-old']);
    const node = await fixture.tree.findRepositoryNode(parseRepositoryRef('acme/api-old'));
    assert.ok(node);
    assert.equal(fixture.tree.getParent(node), group);
    assert.equal(fixture.tree.getParent(group)?.id, 'acme');
    sandbox.world.addRepository('acme/api-new');
    const before = fixture.requests(repositories);
    await fixture.tree.refresh(group);
    assert.deepEqual(names(await fixture.rows('acme', group.id)), ['api', 'api-docs', 'api-new', 'api-old']);
    assert.ok(fixture.requests(repositories) > before);
  });

  it('are what a command on their group applies to', async () => {
    await show({ grouping: 'prefix' });
    const [group, billing] = await fixture.rows('acme');
    assert.ok(group && billing);
    const services = { catalog: fixture.catalog, tree: fixture.tree } as Partial<Services> as Services;
    const subject = await repositoriesFrom(services, { kind: 'rows', rows: [group, billing] });
    assert.deepEqual(
      subject?.repositories.map(({ name }) => name),
      ['api', 'api-docs', 'api-old', 'billing'],
    );
  });

  it('stay open and selected when they are sorted, and are revealed in their group', async () => {
    // Takes the place of the extension's own view, which this run has no use for any more.
    const shown = (view = new HubTreeView(fixture.tree, () => new Date()));
    const [image] = await fixture.rows('acme', 'acme/api');
    assert.ok(image);
    await shown.reveal(image);
    await until(() => shown.view.selection[0]?.id === image.id);
    const before = fixture.changedRows.length;
    await show({ ordering: '-storage' });
    await until(() => fixture.changedRows.length > before);
    assert.deepEqual(
      (await shown.readSelection()).map(({ id }) => id),
      [image.id],
    );
    await show({ grouping: 'prefix' });
    const node = await fixture.tree.findRepositoryNode(parseRepositoryRef('acme/api-old'));
    assert.ok(node);
    await shown.reveal(node);
    await until(() => shown.view.selection[0]?.id === node.id);
  });
});
