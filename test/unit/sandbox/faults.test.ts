import assert from 'node:assert/strict';
import { digestOf } from '../../../src/sandbox/digestOf';
import type { Fault, FaultTarget } from '../../../src/sandbox/index';
import { withSandbox } from '../../support/sandbox';
import { signIn, TestClient, type ImageBody, type PageBody } from './client';
import { daysAgo, first, now, owner, smallWorld } from './smallWorld';

describe('sandbox faults', () => {
  const hub = withSandbox(() => ({ world: smallWorld(), now: () => now }));

  const isThere = () => hub.world.repository('team/app').get(first) !== undefined;
  const request = { dry_run: false, manifests: [{ repository: 'app', digest: first }] };

  async function deleteWith(fault: Fault) {
    const client = await signIn(hub.url, owner);
    hub.faults.add({ on: { operation: 'PostNamespacesDeleteImages' }, fault });
    return client.deleteImages('team', request);
  }

  const effects: readonly (readonly [what: string, fault: Fault, isDone: boolean])[] = [
    ['reset before the effect', { kind: 'resetBeforeEffect' }, false],
    ['reset after the effect', { kind: 'resetAfterEffect' }, true],
    ['answer truncated', { kind: 'truncatedJson' }, true],
  ];
  for (const [what, fault, isDone] of effects) {
    it(`${what}: the client fails, and the image is ${isDone ? 'gone' : 'there'}`, async () => {
      await assert.rejects(deleteWith(fault));
      assert.equal(isThere(), !isDone);
    });
  }

  for (const afterEffect of [false, true]) {
    it(`status ${afterEffect ? 'after' : 'before'} the effect`, async () => {
      const { status, body } = await deleteWith({ kind: 'status', status: 502, body: {}, afterEffect });
      assert.deepEqual([status, body], [502, {}]);
      assert.equal(isThere(), !afterEffect);
    });

    it(`hangs ${afterEffect ? 'after' : 'before'} the effect until the client gives up`, async () => {
      const client = await signIn(hub.url, owner);
      const controller = new AbortController();
      hub.faults.add({ fault: { kind: 'hang', afterEffect } });
      const stop = hub.sandbox.onDidExchange(() => {
        stop();
        controller.abort();
      });
      const answer = client.deleteImages('team', request, { signal: controller.signal });
      await assert.rejects(answer, { name: 'AbortError' });
      assert.equal(isThere(), !afterEffect);
      assert.equal(hub.exchanges.at(-1)?.status, undefined);
    });
  }

  it('answers success and does nothing', async () => {
    const { status, body } = await deleteWith({ kind: 'withoutEffect' });
    assert.deepEqual([status, body.metrics?.['manifest_deletes']], [200, 1]);
    assert.equal(isThere(), true);
  });

  it('answers with any status, headers and text', async () => {
    hub.faults.add({
      fault: { kind: 'status', status: 429, body: '<html>slow down</html>', headers: { 'retry-after': '7' } },
    });
    const response = await fetch(`${hub.url}/v2/user/`);
    assert.equal(response.status, 429);
    assert.equal(response.headers.get('retry-after'), '7');
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
    assert.equal(await response.text(), '<html>slow down</html>');
  });

  it('truncates where the fault says', async () => {
    hub.faults.add({ fault: { kind: 'truncatedJson', keepBytes: 5 } });
    const response = await fetch(`${hub.url}/absent`);
    assert.equal(await response.text(), '{"mes');
  });

  it('streams a body of exactly the size asked for, as JSON', async () => {
    hub.faults.add({ fault: { kind: 'largeBody', bytes: 3_000_001 } });
    const text = await (await fetch(`${hub.url}/v2/user/`)).text();
    assert.equal(text.length, 3_000_001);
    JSON.parse(text);
  });

  it('stops streaming when the client has seen enough', async () => {
    hub.faults.add({ fault: { kind: 'largeBody', bytes: 2_000_000_000 } });
    const response = await fetch(`${hub.url}/v2/user/`);
    await response.body?.cancel();
    while (hub.sandbox.inFlight > 0) {
      await new Promise(setImmediate);
    }
  });

  it('makes another answer of its own one', async () => {
    const client = await signIn(hub.url, owner);
    const { count } = (await client.images('team/app')).body;
    hub.faults.add({
      on: { operation: 'GetNamespacesRepositoriesImages' },
      fault: {
        kind: 'transformBody',
        transform: (body) => ({
          ...(body as PageBody<ImageBody>),
          count: count + 1,
          next: 'https://example.com/',
        }),
      },
    });
    const { body } = await client.images('team/app');
    assert.deepEqual([body.count, body.next], [count + 1, 'https://example.com/']);
    assert.equal((await client.images('team/app')).body.count, count, 'the world is as it was');
    assert.deepEqual(
      hub.exchanges.map(({ isShapedByFault }) => isShapedByFault),
      [false, false, true, false],
    );
  });

  it('lets something happen before the request is handled', async () => {
    const added = digestOf('added');
    const client = await signIn(hub.url, owner);
    hub.faults.add({
      fault: {
        kind: 'before',
        change: (world) => world.repository('team/app').push({ digest: added, at: daysAgo(0) }),
      },
    });
    assert.equal((await client.summary('team/app')).body.statistics.total, 5);
    assert.equal(hub.exchanges.at(-1)?.isShapedByFault, false);
  });

  const targets: readonly (readonly [
    what: string,
    on: FaultTarget | undefined,
    times: number | 'always' | undefined,
    met: string,
  ])[] = [
    ['the first request', undefined, undefined, '1'],
    ['the third', { nth: 3 }, undefined, '3'],
    ['two from the second on', { nth: 2 }, 2, '23'],
    ['all', {}, 'always', '12345'],
    ['all from the fourth on', { nth: 4 }, 'always', '45'],
    ['no other method', { method: 'POST' }, 'always', ''],
    ['no other operation', { operation: 'GetUser' }, 'always', ''],
    [
      'the second of those that match',
      { when: ({ path }) => Number(path.slice(1)) % 2 === 1, nth: 2 },
      1,
      '3',
    ],
  ];
  for (const [what, on, times, met] of targets) {
    it(`meets ${what}`, async () => {
      hub.faults.add({
        ...(on === undefined ? {} : { on }),
        ...(times === undefined ? {} : { times }),
        fault: { kind: 'status', status: 500, body: {} },
      });
      const answers: string[] = [];
      for (const number of ['1', '2', '3', '4', '5']) {
        const { status } = await new TestClient(hub.url).request(`/${number}`);
        answers.push(status === 500 ? number : '');
      }
      assert.equal(answers.join(''), met);
      assert.equal(hub.faults.injected.map((injected) => injected.request.path.slice(1)).join(''), met);
    });
  }

  it('applies several faults in the order in which they were added', async () => {
    for (const word of ['a', 'b']) {
      hub.faults.add({
        fault: { kind: 'transformBody', transform: (body) => ({ ...(body as object), [word]: true }) },
      });
    }
    hub.faults.add({ fault: { kind: 'latency', ms: 1 } });
    const { body } = await new TestClient(hub.url).request('/');
    assert.deepEqual(body, { message: '404: Page Not Found', a: true, b: true });
    assert.deepEqual(hub.exchanges[0]?.faults, ['transformBody', 'transformBody', 'latency']);
  });

  it('takes a fault away again, alone or with all others', async () => {
    const remove = hub.faults.add({ times: 'always', fault: { kind: 'status', status: 500, body: {} } });
    hub.faults.add({ times: 'always', fault: { kind: 'status', status: 503, body: {} } });
    const status = async () => (await new TestClient(hub.url).request('/')).status;
    assert.equal(await status(), 500);
    remove();
    assert.equal(await status(), 503);
    hub.faults.clear();
    assert.equal(await status(), 404);
  });
});
