import assert from 'node:assert/strict';
import { digestOf, sandboxAccounts, SandboxWorld } from '../../../src/sandbox/index';
import { withSandbox } from '../../support/sandbox';
import { TestRegistry } from './registryClient';

const start = new Date('2026-01-31T12:00:00Z');
const image = digestOf('image');

function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  world.addRepository('demo/app').push({ digest: image, tags: ['latest'] });
  return world;
}

describe('sandbox registry with a limit on pulls', () => {
  let now = start;
  const pullLimit = { pulls: 2, windowSeconds: 21_600 };
  const hub = withSandbox(() => ({ world: createWorld(), now: () => now, pullLimit }));

  beforeEach(() => {
    now = start;
  });

  /** @returns Status of the answer, and the pulls that are left by it. */
  const ask = async (method: 'GET' | 'HEAD', who?: typeof sandboxAccounts.demo) => {
    const path = 'manifests/latest';
    const answer = await new TestRegistry(hub.url, who).send('demo/app', path, { method });
    assert.equal(answer.headers.get('ratelimit-limit'), '2;w=21600');
    const [left, window] = (answer.headers.get('ratelimit-remaining') ?? '').split(';');
    assert.equal(window, 'w=21600');
    return [answer.status, Number(left)];
  };

  it('counts each GET of a manifest, and no HEAD', async () => {
    assert.deepEqual(await ask('HEAD'), [200, 2]);
    assert.deepEqual(await ask('GET'), [200, 1]);
    assert.deepEqual(await ask('HEAD'), [200, 1]);
    assert.deepEqual(await ask('GET'), [200, 0]);
    assert.deepEqual(await ask('GET'), [429, 0]);
    assert.deepEqual(await ask('HEAD'), [200, 0]);
  });

  it('counts each account separately', async () => {
    await ask('GET');
    assert.deepEqual(await ask('GET', sandboxAccounts.demo), [200, 1]);
    assert.deepEqual(await ask('GET'), [200, 0]);
  });

  it('does not record a pull that it refuses', async () => {
    await ask('GET');
    await ask('GET');
    now = new Date(start.getTime() + 1_000);
    assert.deepEqual(await ask('GET'), [429, 0]);
    assert.deepEqual(hub.world.repository('demo/app').get(image)?.lastPulled, start);
  });

  it('starts again when the window is over', async () => {
    await ask('GET');
    now = new Date(start.getTime() + 21_599_999);
    assert.deepEqual(await ask('HEAD'), [200, 1]);
    now = new Date(start.getTime() + 21_600_000);
    assert.deepEqual(await ask('GET'), [200, 1]);
  });
});

describe('sandbox registry without a limit on pulls', () => {
  const hub = withSandbox(() => ({ world: createWorld() }));

  it('reports none', async () => {
    const answer = await new TestRegistry(hub.url).send('demo/app', 'manifests/latest');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('ratelimit-limit'), null);
  });
});
