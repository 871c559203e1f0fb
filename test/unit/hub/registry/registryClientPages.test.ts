import assert from 'node:assert/strict';
import { parseDigest } from '../../../../src/hub/digest';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { RegistryClient } from '../../../../src/hub/registry';
import { digestOf, SandboxWorld, sandboxAccounts } from '../../../../src/sandbox/index';
import { rejectsWith } from '../../../support/rejects';
import { withSandbox } from '../../../support/sandbox';

const tags = Array.from({ length: 2_100 }, (_, number) => `build-${number}`);

function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  const app = world.addRepository('demo/app');
  app.push({ digest: parseDigest(digestOf('app')), tags, at: new Date('2026-01-20T00:00:00Z') });
  return world;
}

describe('the client of a registry', () => {
  const hub = withSandbox(() => ({ world: createWorld(), routes: 'today' }));
  const repository = parseRepositoryRef('demo/app');
  let client: RegistryClient;

  beforeEach(() => {
    client = new RegistryClient({
      baseUrl: new URL(hub.url),
      realm: new URL('/token', hub.url),
      service: 'registry.docker.io',
      credentials: () => Promise.resolve({ username: 'demo', password: 'sandbox-demo' }),
      timeoutMs: () => 5_000,
      maxConcurrentRequests: () => 8,
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
    });
  });

  afterEach(() => {
    client.dispose();
  });

  const readPages = () => hub.exchanges.filter(({ operation }) => operation === 'GetRegistryTags').length;

  it('lists the tags of all pages', async () => {
    assert.deepEqual([...(await client.listTags(repository))].sort(), [...tags].sort());
    assert.equal(readPages(), 3);
  });

  it('takes a manifest in any form, for a registry calls it missing otherwise', async () => {
    await client.head(repository, 'build-1');
    const head = hub.exchanges.find(({ operation }) => operation === 'HeadRegistryManifest');
    assert.match(head?.requestHeaders.accept ?? '', /image\.index\.v1\+json.*\*\/\*/);
  });

  it('vouches for no list of which a page is missing', async () => {
    hub.faults.add({
      on: { operation: 'GetRegistryTags', nth: 2 },
      fault: { kind: 'status', status: 403 },
    });
    await rejectsWith('forbidden', client.listTags(repository));
  });
});
