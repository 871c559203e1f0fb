import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { HubFetch } from '../../../../src/hub/http/http';
import type { RequestEffect } from '../../../../src/hub/http/requestPolicy';
import { createTestClient } from '../../../support/hubHttp';
import { rejectsWith } from '../../../support/rejects';
import { breakOff, json, raw, reset, type Script, withScriptedServer } from '../../../support/scriptedServer';

const now = new Date('2026-01-01T12:00:00Z');
const date = now.toUTCString();
const unix = now.getTime() / 1000;

describe('HubHttp, after a failure that may pass', () => {
  const server = withScriptedServer();
  const createClient = () => createTestClient(server.url, { now: () => now });

  const passing: [rule: string, script: Script][] = [
    ['500', json(500, {})],
    ['502 with a page', raw(502, '<html></html>')],
    ['503', json(503, {})],
    ['429', json(429, {})],
    ['a connection reset', reset],
    ['a body that breaks off', breakOff],
  ];
  for (const [rule, script] of passing) {
    it(`repeats a reading: ${rule}`, async () => {
      server.answer(script, script, json(200, { done: true }));
      const { http, delays } = createClient();
      assert.deepEqual((await http.get('/v2/x')).body, { done: true });
      assert.equal(server.requests.length, 3);
      assert.equal(delays.length, 2);
    });

    it(`repeats a request without effect: ${rule}`, async () => {
      server.answer(script, json(200, {}));
      await createClient().http.post('/v2/x', { a: 1 }, { effect: 'none' });
      assert.deepEqual(
        server.requests.map(({ body }) => body),
        ['{"a":1}', '{"a":1}'],
      );
    });

    for (const effect of ['login', 'delete'] satisfies RequestEffect[]) {
      it(`never repeats a ${effect}: ${rule}`, async () => {
        server.answer(script, json(200, {}));
        const { http, delays } = createClient();
        await assert.rejects(http.post('/v2/x', {}, { effect }), { name: 'HubError' });
        assert.equal(server.requests.length, 1);
        assert.deepEqual(delays, []);
      });
    }
  }

  it('gives up after four attempts, with pauses that double', async () => {
    server.answer(json(500, { message: 'still' }));
    const { http, delays, log } = createClient();
    const error = await rejectsWith('server', http.get('/v2/x'));
    assert.equal(error.reason, 'still');
    assert.equal(server.requests.length, 4);
    assert.deepEqual(delays, [500, 1_000, 2_000]);
    assert.equal(log.filter((line) => line.includes('retried in')).length, 3);
  });

  it('does not repeat what the server does not implement', async () => {
    server.answer(json(501, {}));
    await rejectsWith('server', createClient().http.get('/v2/x'));
    assert.equal(server.requests.length, 1);
  });

  const waits: [rule: string, headers: Record<string, string>, expected: number][] = [
    ['Retry-After in seconds', { 'retry-after': '7' }, 7_000],
    ['Retry-After as a date', { 'retry-after': new Date(now.getTime() + 9_000).toUTCString(), date }, 9_000],
    ['X-Retry-After', { 'x-retry-after': `${unix + 11}`, date }, 11_000],
    [
      'the end of the window',
      { 'x-ratelimit-limit': '180', 'x-ratelimit-reset': `${unix + 13}`, date },
      13_000,
    ],
    ['neither header', {}, 10_000],
  ];
  for (const [rule, headers, expected] of waits) {
    it(`waits after a 429 as ${rule} says`, async () => {
      server.answer(json(429, {}, headers), json(200, {}));
      const { http, delays, pauses } = createClient();
      await http.get('/v2/x');
      assert.deepEqual(delays, [expected]);
      assert.deepEqual(pauses, [{ reason: 'rateLimited', until: new Date(now.getTime() + expected) }]);
    });
  }

  it('gives up at once where the server asks for too long a pause, and says how long', async () => {
    server.answer(json(429, {}, { 'retry-after': '121' }));
    const { http, delays } = createClient();
    const error = await rejectsWith('rateLimited', http.get('/v2/x'));
    assert.equal(error.retryAfterMs, 121_000);
    assert.equal(server.requests.length, 1);
    assert.deepEqual(delays, []);
  });

  it('obeys Retry-After of a 503', async () => {
    server.answer(json(503, {}, { 'retry-after': '5' }), json(200, {}));
    const { http, delays, pauses } = createClient();
    await http.get('/v2/x');
    assert.deepEqual(delays, [5_000]);
    assert.equal(pauses[0]?.reason, 'server');
  });

  it('holds back all other requests while it is rate limited', async () => {
    const paused = new AbortController();
    const pausing = new AbortController();
    const limits = json(429, {}, { 'retry-after': '30' });
    server.answer(limits, json(200, {}));
    const { http } = createTestClient(server.url, {
      delay: async () => {
        pausing.abort();
        await once(paused.signal, 'abort');
      },
    });
    const limited = http.get('/v2/limited');
    await once(pausing.signal, 'abort');
    const held = http.get('/v2/held');
    await createTestClient(server.url).http.get('/v2/overtakes');
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ['/v2/limited', '/v2/overtakes'],
    );
    paused.abort();
    await Promise.all([limited, held]);
    assert.equal(server.requests.length, 4);
  });

  it('pauses when the server says that nothing is left of its limit', async () => {
    const spent = { 'x-ratelimit-limit': '180', 'x-ratelimit-remaining': '0', date };
    server.answer(json(200, {}, { ...spent, 'x-ratelimit-reset': `${unix + 4}` }), json(200, {}));
    const { http, delays, pauses } = createClient();
    await http.get('/v2/x');
    await http.get('/v2/x');
    assert.deepEqual(delays, [4_000]);
    assert.equal(pauses.length, 1);
  });

  it('stops waiting as soon as the caller gives up', async () => {
    server.answer(json(500, {}));
    const abort = new AbortController();
    const { http } = createTestClient(server.url, {
      delay: (_ms, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('aborted'));
          });
          abort.abort();
        }),
    });
    await rejectsWith('cancelled', http.get('/v2/x', {}, abort.signal));
    assert.equal(server.requests.length, 1);
  });

  it('takes a failure of fetch for one of the network, and keeps only its reason', async () => {
    const fetch: HubFetch = (url) =>
      Promise.reject(
        Object.assign(new Error(`request to ${url} failed, reason: getaddrinfo ENOTFOUND hub.test`), {
          code: 'ENOTFOUND',
        }),
      );
    const { http, delays } = createTestClient('https://hub.test', { fetch });
    const error = await rejectsWith('network', http.get('/v2/x', { q: 'hidden' }));
    assert.equal(String(error.cause), 'Error: ENOTFOUND getaddrinfo ENOTFOUND hub.test');
    assert.equal(error.networkCause, 'name');
    assert.equal(delays.length, 3);
  });

  for (const code of ['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'])
    it(`does not repeat a request in vain, carries the code, and logs the cause (row 14): ${code}`, async () => {
      const fetch: HubFetch = (url) =>
        Promise.reject(Object.assign(new Error(`request to ${url} failed, reason: not trusted`), { code }));
      const { http, delays, log } = createTestClient('https://hub.test', { fetch });
      const error = await rejectsWith('network', http.get('/v2/x', { q: 'hidden' }));
      assert.deepEqual([error.networkCause, error.networkCode, delays], ['certificate', code, []]);
      assert.ok(log.some((line) => line.endsWith(`(${code} not trusted)`)));
      assert.ok(!log.join().includes('hidden'));
    });

  for (const effect of ['none', 'delete', 'login'] as const)
    it(`takes a 407 for the answer of a proxy, so that the request was never sent (row 14): ${effect}`, async () => {
      server.answer(raw(407, '<html>Proxy Authentication Required</html>'));
      const { http, delays } = createTestClient(server.url);
      const error = await rejectsWith('network', http.post('/v2/x', {}, { effect }));
      assert.deepEqual([error.networkCause, error.status, error.neverSent], ['proxy', 407, true]);
      assert.deepEqual(delays, []);
    });

  it('lets a mistake of the program through as it is', async () => {
    const { http } = createTestClient(server.url, {
      accessToken: () => Promise.reject(new Error('the storage is broken')),
    });
    await assert.rejects(http.get('/v2/x'), { message: 'the storage is broken' });
  });
});
