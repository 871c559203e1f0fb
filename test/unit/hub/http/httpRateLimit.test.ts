import assert from 'node:assert/strict';
import { isHubError } from '../../../../src/hub/errors';
import type { HubFetch } from '../../../../src/hub/http/http';
import { longestPauseMs } from '../../../../src/hub/http/requestPolicy';
import { readPages } from '../../../../src/hub/listing/pages';
import { digest, object } from '../../../../src/hub/wireShape';
import { digestOf, sandboxAccounts, SandboxWorld } from '../../../../src/sandbox/index';
import { createTestClient } from '../../../support/hubHttp';
import { rejectsWith } from '../../../support/rejects';
import { withSandbox } from '../../../support/sandbox';
import { sandboxFetch } from '../../../support/sandboxFetch';
import { until } from '../../../support/until';
import { VirtualTime } from '../../../support/virtualTime';

const start = new Date('2026-01-31T12:00:00.400Z');
const limit = { requests: 30, windowMs: 20_000 };
const pageCount = 500;
const path = '/v2/namespaces/demo/repositories/app/images';

function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  const app = world.addRepository('demo/app');
  for (let image = 0; image < pageCount; image += 1) {
    app.push({ digest: digestOf(`image ${image}`), at: new Date('2025-06-01T00:00:00Z') });
  }
  return world;
}

describe('HubHttp, at a Hub with a limit on requests', () => {
  let time: VirtualTime;
  const hub = withSandbox(() => {
    time = new VirtualTime(start);
    return { world: createWorld(), now: time.now, rateLimit: limit, tokenLifetimeMs: 10 ** 9 };
  });

  /**
   * @param wayMs From the client to Docker Hub, and the same back.
   * @param reportedEarlyBySeconds How much too early Docker Hub reports the end of its windows.
   */
  function createClient({ wayMs = 40, skewMs = 0, reportedEarlyBySeconds = 0 } = {}) {
    const exchange = sandboxFetch(hub.sandbox);
    const fetch: HubFetch = async (url, init) => {
      await time.delay(wayMs, init.signal);
      const response = await exchange(url, init);
      await time.delay(wayMs, init.signal);
      const get = (name: string) => {
        const value = response.headers.get(name);
        return name === 'x-ratelimit-reset' ? `${Number(value) - reportedEarlyBySeconds}` : value;
      };
      return { ...response, headers: { get } };
    };
    const token = hub.sandbox.tokens.issue('demo');
    return createTestClient(hub.url, {
      fetch,
      accessToken: () => Promise.resolve(token),
      now: () => new Date(time.now().getTime() + skewMs),
      delay: time.delay,
    });
  }

  const statuses = (status: number) => hub.exchanges.filter((exchange) => exchange.status === status).length;

  /** Uses the window up, so that the next request has to wait. */
  async function useUp(http: ReturnType<typeof createClient>['http']): Promise<void> {
    for (let request = 0; request < limit.requests; request += 1) {
      await time.run(http.get(path));
    }
  }

  for (const [rule, skewMs] of [
    ['', 0],
    [', whose clock is an hour ahead', -3_600_000],
    [', whose clock is an hour behind', 3_600_000],
  ] as const) {
    it(`reads 500 pages without being refused once, in as few windows as there can be${rule}`, async () => {
      const { http, pauses } = createClient({ skewMs });
      const seen = new Set<string>();
      const item = object({ digest });
      const listing = { path, pageSize: 1, item, keyOf: (image: { digest: string }) => image.digest };
      const readAll = async () => {
        for await (const { items } of readPages(http, listing)) {
          items.forEach((image) => seen.add(image.digest));
        }
      };
      await time.run(readAll());
      assert.equal(seen.size, pageCount);
      assert.equal(statuses(429), 0);
      assert.equal(hub.exchanges.length, pageCount);
      const waits = Math.ceil(pageCount / limit.requests) - 1;
      assert.equal(pauses.length, waits);
      const tookMs = time.now().getTime() - start.getTime();
      const leastMs = waits * limit.windowMs;
      assert.ok(tookMs <= 1.1 * leastMs, `${tookMs} ms instead of ${leastMs} ms`);
    });
  }

  it('is refused once a window at most where Docker Hub tells its end too early', async () => {
    const { http } = createClient({ reportedEarlyBySeconds: 3 });
    await time.run(Promise.all(Array.from({ length: 200 }, () => http.get(path))));
    assert.equal(statuses(200), 200);
    const refused = statuses(429);
    assert.ok(refused > 0 && refused <= Math.floor(200 / limit.requests), `${refused} refused`);
  });

  it('lets a deletion wait for what another was refused for', async () => {
    const { http, pauses } = createClient();
    const headers = { 'retry-after': '9' };
    hub.faults.add({ fault: { kind: 'status', status: 429, body: {}, headers } });
    const body = { dry_run: false, manifests: [], ignore_warnings: [] };
    await rejectsWith('rateLimited', time.run(http.post(path, body, { effect: 'delete' })));
    const before = time.now().getTime();
    await time.run(http.get(path));
    assert.ok(time.now().getTime() - before >= 9_000 - 100);
    assert.equal(pauses.length, 1);
  });

  it('reports a pause once, with its end, and only when somebody waits', async () => {
    const { http, pauses } = createClient();
    await useUp(http);
    assert.equal(pauses.length, 0);
    const works = Promise.all([1, 2, 3].map(() => http.get(path)));
    await time.settle();
    const endsAt = start.getTime() + limit.windowMs;
    assert.deepEqual(
      pauses.map(({ reason }) => reason),
      ['rateLimited'],
    );
    const lateMs = Number(pauses.at(0)?.until) - endsAt;
    assert.ok(lateMs >= 0 && lateMs <= 2_000, `${lateMs} ms after the end of the window`);
    assert.equal(hub.exchanges.length, limit.requests);
    await time.run(works);
    assert.equal(pauses.length, 1);
    assert.equal(statuses(429), 0);
  });

  it('sends those that waited in the order in which they came', async () => {
    const { http } = createClient();
    await useUp(http);
    const pages = Array.from({ length: 20 }, (_, index) => `${index + 1}`);
    await time.run(Promise.all(pages.map((page) => http.get(path, { page }))));
    assert.deepEqual(
      hub.exchanges.slice(limit.requests).map(({ query }) => query['page']),
      pages,
    );
  });

  it('ends at once when the caller gives up while it waits, and sends nothing', async () => {
    const { http } = createClient();
    await useUp(http);
    const before = time.now();
    const abort = new AbortController();
    const waiting = rejectsWith('cancelled', http.get(path, {}, abort.signal));
    await time.settle();
    abort.abort();
    const { neverSent } = await waiting;
    assert.equal(neverSent, true);
    assert.deepEqual(time.now(), before);
    assert.equal(hub.exchanges.length, limit.requests);
  });

  it('ends all at once when it is disposed, and leaves no timer', async () => {
    const { http } = createClient();
    await useUp(http);
    const before = time.now();
    const works = [1, 2, 3].map(() => rejectsWith('cancelled', http.get(path)));
    await time.settle();
    http.dispose();
    await Promise.all(works);
    await until(() => time.waits === 0);
    assert.deepEqual(time.now(), before);
    assert.equal(hub.exchanges.length, limit.requests);
  });

  it('lets a deletion wait before it is sent, and sends it once', async () => {
    const { http } = createClient();
    await useUp(http);
    const deletion = http.post(
      '/v2/namespaces/demo/delete-images',
      {
        dry_run: false,
        manifests: [{ repository: 'app', digest: digestOf('image 0') }],
        ignore_warnings: [],
      },
      { effect: 'delete', accept: [400] },
    );
    await time.settle();
    assert.equal(hub.exchanges.length, limit.requests);
    await time.run(deletion);
    assert.deepEqual(
      hub.exchanges.slice(limit.requests).map(({ method, status }) => [method, status]),
      [['POST', 200]],
    );
  });

  it('withdraws a deletion that waits, which never left', async () => {
    const { http } = createClient();
    await useUp(http);
    const abort = new AbortController();
    const body = { dry_run: false, manifests: [], ignore_warnings: [] };
    const withdrawn = http.post(path, body, { effect: 'delete', signal: abort.signal });
    await time.settle();
    abort.abort();
    await assert.rejects(withdrawn, (error) => isHubError(error, 'cancelled') && error.neverSent);
    assert.equal(hub.exchanges.length, limit.requests);
  });

  it('does not hold a login back, for which others may be waiting', async () => {
    const { http } = createClient();
    await useUp(http);
    const { username, password } = sandboxAccounts.demo;
    const login = http.post('/v2/users/login', { username, password }, { effect: 'login' });
    await rejectsWith('rateLimited', time.run(login));
  });

  it('counts a login', async () => {
    const { http } = createClient();
    await time.run(http.get(path));
    const { username, password } = sandboxAccounts.demo;
    await time.run(http.post('/v2/users/login', { username, password }, { effect: 'login' }));
    await time.run(Promise.all(Array.from({ length: limit.requests }, () => http.get(path))));
    assert.equal(statuses(429), 0);
  });

  it('holds nothing back because a login was refused', async () => {
    const { http } = createClient();
    const headers = { 'retry-after': '60', 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '0' };
    hub.faults.add({ fault: { kind: 'status', status: 429, body: {}, headers } });
    const { username, password } = sandboxAccounts.demo;
    const login = http.post('/v2/users/login', { username, password }, { effect: 'login' });
    await rejectsWith('rateLimited', time.run(login));
    await time.run(http.get(path));
    assert.ok(time.now().getTime() - start.getTime() < 1_000);
  });

  it('sends every request, though another client uses the same limit', async () => {
    const [own, other] = [createClient(), createClient()];
    const works = [own, other].flatMap(({ http }) => Array.from({ length: 100 }, () => http.get(path)));
    await time.run(Promise.all(works));
    assert.equal(statuses(200), 200);
    const windows = Math.ceil(200 / limit.requests);
    // when one client takes the last of a window, the other has as many under way as it runs at once
    assert.ok(statuses(429) <= 8 * windows, `${statuses(429)} refused`);
  });

  it('reports one pause when it is refused all the same', async () => {
    for (let request = 0; request < limit.requests; request += 1) {
      await hub.sandbox.exchange({
        method: 'GET',
        path,
        query: {},
        requestHeaders: { authorization: 'JWT other' },
        requestBody: undefined,
      });
    }
    const { http, pauses } = createClient();
    await time.run(http.get(path));
    assert.equal(statuses(429), 1);
    assert.equal(pauses.length, 1);
  });

  it('holds nothing back for a window that ends after the longest pause', async () => {
    const { http } = createClient();
    const farAway = `${Math.ceil(time.now().getTime() / 1000) + longestPauseMs / 1000 + 60}`;
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': farAway };
    hub.faults.add({ times: 'always', fault: { kind: 'status', status: 200, body: {}, headers } });
    await time.run(http.get(path));
    await time.run(http.get(path));
    assert.ok(time.now().getTime() - start.getTime() < 1_000);
  });
});
