import assert from 'node:assert/strict';
import { startSandbox } from '../../../src/sandbox/index';
import { withSandbox } from '../../support/sandbox';
import { signIn, TestClient } from './client';
import { owner, smallWorld } from './smallWorld';

const pageNotFound = { status: 404, body: { message: '404: Page Not Found' } };

describe('sandbox routes', () => {
  const hub = withSandbox(() => ({ world: smallWorld() }));

  for (const path of [
    '/',
    '/v2/v2/users/login',
    '/v2/users/login/',
    '/v2/user',
    '/v2/namespaces/team/repositories/app/images/',
    '/v2/namespaces/team/repositories/app/Images',
    '/v2/namespaces/team/repositories/app/manifest',
  ]) {
    it(`does not know ${path}`, async () => {
      assert.deepEqual(await new TestClient(hub.url).request(path), pageNotFound);
    });
  }

  for (const [method, path, allowed] of [
    ['GET', '/v2/users/login', 'POST'],
    ['GET', '/v2/namespaces/team/delete-images', 'POST'],
    ['POST', '/v2/namespaces/team/repositories/app/images', 'GET'],
    ['DELETE', '/v2/namespaces/team/repositories/app/images-summary', 'GET'],
  ] as const) {
    it(`answers 405 to ${method} ${path}`, async () => {
      const response = await fetch(`${hub.url}${path}`, { method });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), allowed);
      assert.deepEqual(await response.json(), { message: '405: Method Not Allowed' });
    });
  }

  it('decodes a name in a path', async () => {
    const client = await signIn(hub.url, owner);
    const answer = await client.request('/v2/namespaces/team/repositories/%61pp');
    assert.equal(answer.status, 200);
  });

  it('answers 404 to a path that cannot be decoded', async () => {
    assert.deepEqual(await new TestClient(hub.url).request('/v2/namespaces/%zz/repositories'), pageNotFound);
  });
});

describe('sandbox with the four operations alone', () => {
  const hub = withSandbox(() => ({ world: smallWorld(), routes: 'seed' }));

  for (const path of [
    '/v2/user/',
    '/v2/user/orgs/',
    '/v2/repositories/namespaces',
    '/v2/namespaces/team/repositories',
    '/v2/namespaces/team/repositories/app',
  ]) {
    it(`does not know ${path}`, async () => {
      assert.deepEqual(await (await signIn(hub.url, owner)).request(path), pageNotFound);
    });
  }

  it('lists, counts and dry-runs', async () => {
    const client = await signIn(hub.url, owner);
    assert.equal((await client.summary('team/app')).status, 200);
    assert.equal((await client.images('team/app')).status, 200);
    assert.equal((await client.deleteImages('team', { dry_run: true })).status, 200);
  });
});

describe('sandbox', () => {
  it('listens on loopback, on a port of its own', async () => {
    const [one, other] = await Promise.all([startSandbox(), startSandbox()]);
    try {
      assert.match(one.url, /^http:\/\/127\.0\.0\.1:\d+$/);
      assert.notEqual(one.url, other.url);
    } finally {
      await Promise.all([one.stop(), other.stop()]);
    }
  });

  it('stops at once, whatever is under way, and only once', async () => {
    const sandbox = await startSandbox();
    sandbox.faults.add({ fault: { kind: 'hang' } });
    sandbox.faults.add({ on: { nth: 2 }, fault: { kind: 'latency', ms: 60_000 } });
    const answers = [fetch(sandbox.url), fetch(sandbox.url)].map((answer) => assert.rejects(answer));
    while (sandbox.inFlight < 2) {
      await new Promise(setImmediate);
    }
    await sandbox.stop();
    await sandbox.stop();
    await Promise.all(answers);
    await assert.rejects(fetch(sandbox.url));
  });

  it('keeps the newest exchanges only', async () => {
    const sandbox = await startSandbox({ exchangeLimit: 2 });
    try {
      for (const path of ['/1', '/2', '/3']) {
        await fetch(`${sandbox.url}${path}`);
      }
      assert.deepEqual(
        sandbox.exchanges.map(({ sequence, path }) => [sequence, path]),
        [
          [2, '/2'],
          [3, '/3'],
        ],
      );
    } finally {
      await sandbox.stop();
    }
  });
});
