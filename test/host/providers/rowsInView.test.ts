import assert from 'node:assert/strict';
import { parseRepositoryRef } from '../../../src/hub/names';
import { HubTreeView } from '../../../src/providers/hubTreeView';
import { digestOf, SandboxWorld } from '../../../src/sandbox/index';
import { HubTreeFixture, until } from '../../support/hubTree';
import { withSandbox } from '../../support/sandbox';

const summary = 'GetNamespacesRepositorieImagesSummary';
const repositoryCount = 400;

/** More rows than this are in no window's view at once. */
const viewLimit = 60;

const nameOf = (index: number) => `demo/repository-${String(index).padStart(3, '0')}`;

describe('rows in view', () => {
  const sandbox = withSandbox(() => ({ world: wideWorld() }));
  let fixture: HubTreeFixture | undefined;
  let view: HubTreeView | undefined;

  afterEach(() => {
    view?.dispose();
    fixture?.dispose();
  });

  it('are the only ones whose counts are read, each once', async () => {
    fixture = await HubTreeFixture.open(sandbox);
    const { tree, requests } = fixture;
    // Takes the place of the extension's own view, which this run has no use for any more.
    const { view: shown } = (view = new HubTreeView(tree, () => new Date()));
    const first = await tree.findRepositoryNode(parseRepositoryRef(nameOf(0)));
    const last = await tree.findRepositoryNode(parseRepositoryRef(nameOf(repositoryCount - 1)));
    assert.ok(first && last);
    assert.equal(requests(summary), 0);

    await shown.reveal(first, { select: true, focus: true });
    await until(() => counted(nameOf(0)) > 0);
    await shown.reveal(last, { select: true, focus: true });
    await until(() => counted(nameOf(repositoryCount - 1)) > 0);

    assert.ok(requests(summary) <= 2 * viewLimit, `${requests(summary)} requests`);
    for (let index = viewLimit; index < repositoryCount - viewLimit; index += 1) {
      assert.equal(counted(nameOf(index)), 0, nameOf(index));
    }
    await shown.reveal(first, { select: true, focus: true });
    await until(() => tree.selectedRepository?.name === first.repository.name);
    assert.equal(Math.max(...repositoryNames().map(counted)), 1);
    await until(() => shown.description?.includes(nameOf(0)) === true); // the head follows a little later
    assert.equal(
      shown.description,
      `sandbox · ${nameOf(0)}: all images · newest activity first · active = last month · image-management API`,
    );
  });

  function counted(name: string): number {
    return sandbox.exchanges.filter(
      ({ operation, path }) =>
        operation === summary && path.startsWith(`/v2/namespaces/${name.replace('/', '/repositories/')}/`),
    ).length;
  }
});

function repositoryNames(): readonly string[] {
  return Array.from({ length: repositoryCount }, (_, index) => nameOf(index));
}

function wideWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser({ username: 'demo', password: 'sandbox-demo', plan: 'pro' });
  for (const name of repositoryNames()) {
    world.addRepository(name).push({ digest: digestOf(name), tags: ['latest'], at: new Date() });
  }
  return world;
}
