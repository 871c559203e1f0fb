import assert from 'node:assert/strict';
import type { Exchange } from '../../../src/sandbox/index';
import { withSandbox } from '../../support/sandbox';
import { signIn, TestClient } from './client';
import { first, owner, smallWorld } from './smallWorld';

describe('sandbox record', () => {
  const hub = withSandbox(() => ({ world: smallWorld() }));

  it('holds request and answer', async () => {
    const client = await signIn(hub.url, owner);
    const body = { dry_run: true, manifests: [{ repository: 'app', digest: first }] };
    const answer = await client.deleteImages('team', body);
    const exchange = hub.exchanges.at(-1);
    assert.deepEqual(
      [exchange?.sequence, exchange?.method, exchange?.path, exchange?.operation],
      [2, 'POST', '/v2/namespaces/team/delete-images', 'PostNamespacesDeleteImages'],
    );
    assert.match(exchange?.requestHeaders.authorization ?? '', /^JWT /);
    assert.deepEqual(exchange?.requestBody, body);
    assert.equal(exchange.status, 200);
    assert.deepEqual(exchange.responseBody, answer.body);
    assert.equal(exchange.isShapedByFault, false);
  });

  it('holds the query decoded', async () => {
    const client = await signIn(hub.url, owner);
    await client.images('team/app', `?page=1&active_from=${encodeURIComponent('2026-01-01T00:00:00+01:00')}`);
    assert.deepEqual(hub.exchanges.at(-1)?.query, { page: '1', active_from: '2026-01-01T00:00:00+01:00' });
  });

  it('names no operation where there is none', async () => {
    await new TestClient(hub.url).request('/absent');
    assert.deepEqual([hub.exchanges[0]?.operation, hub.exchanges[0]?.status], [undefined, 404]);
  });

  it('tells listeners until they stop', async () => {
    const heard: Exchange[] = [];
    const stop = hub.sandbox.onDidExchange((exchange) => heard.push(exchange));
    await new TestClient(hub.url).request('/1');
    stop();
    await new TestClient(hub.url).request('/2');
    assert.deepEqual(
      heard.map(({ path }) => path),
      ['/1'],
    );
  });

  it('counts requests under way', async () => {
    hub.faults.add({ times: 'always', fault: { kind: 'latency', ms: 5 } });
    const client = new TestClient(hub.url);
    await Promise.all(['/1', '/2', '/3'].map((path) => client.request(path)));
    assert.equal(hub.sandbox.peakInFlight, 3);
  });
});
