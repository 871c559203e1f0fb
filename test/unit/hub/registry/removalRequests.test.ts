import assert from 'node:assert/strict';
import { parseDigest } from '../../../../src/hub/digest';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { digestOf, sandboxAccounts, SandboxWorld } from '../../../../src/sandbox/index';
import { withSandbox } from '../../../support/sandbox';
import { carryOut, listed, registryImageApi } from '../../../support/todayHub';

const start = new Date('2026-01-31T12:00:00Z');
const activeFrom = new Date('2025-12-01T00:00:00Z');
const repository = parseRepositoryRef('demo/app');
const seeds = Array.from({ length: 8 }, (_, number) => `image ${number}`);

/** Images with tags, so that it is known without reading them that they are attached to nothing. */
function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  const app = world.addRepository('demo/app');
  seeds.forEach((seed, number) => {
    app.push({
      digest: parseDigest(digestOf(seed)),
      tags: [`v${number}`],
      at: new Date('2025-08-01T00:00:00Z'),
    });
  });
  return world;
}

describe('the requests of a deletion by the registry', () => {
  const hub = withSandbox(() => ({ world: createWorld(), now: () => start, routes: 'today' }));

  async function removeAll(batchSize: number) {
    const api = registryImageApi(hub, { now: () => start });
    return carryOut(api, repository, await listed(api, repository, activeFrom), {
      activeFrom,
      now: () => start,
      batchSize,
    });
  }

  it('have a multiple of the four images that are deleted at a time', async () => {
    const { flow, journal } = await removeAll(6);
    assert.equal(flow.settlement.counts.deleted, 8);
    const sizes = journal.records.flatMap((record) =>
      record.type === 'request' ? [record.images.length] : [],
    );
    assert.deepEqual(sizes, [4, 4]);
  });

  it('begin with what was learned while the last images of the one before were being deleted', async () => {
    await removeAll(4);
    const arrived = [...hub.exchanges].sort((a, b) => a.sequence - b.sequence);
    const log = arrived.flatMap(({ method, path, query: { ordering } }) => {
      const isDeletion = method === 'DELETE' && path.includes('/manifests/');
      return isDeletion ? ['delete'] : ordering?.includes('last_updated') === true ? ['look'] : [];
    });
    assert.equal(log.filter((entry) => entry === 'delete').length, 8);
    const lastLook = log.lastIndexOf('look');
    assert.ok(lastLook > 0 && lastLook < 4, log.join(' ')); // before the fourth of them has been deleted
  });
});
