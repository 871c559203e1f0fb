import assert from 'node:assert/strict';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { RegistryTokens } from '../../../../src/hub/registry/registryTokens';
import type { Credentials } from '../../../../src/hub/session/credentials';
import { type FakeAnswer, fakeFetch, type FakeRequest } from '../../../support/fakeFetch';
import { rejectsWith } from '../../../support/rejects';

const [app, other] = ['demo/app', 'demo/other'].map(parseRepositoryRef) as [
  ReturnType<typeof parseRepositoryRef>,
  ReturnType<typeof parseRepositoryRef>,
];
const demo: Credentials = { username: 'demo', password: 'dckr_pat_secret' };
const start = Date.UTC(2026, 0, 1);
const basic = Buffer.from('demo:dckr_pat_secret').toString('base64');

type Answer = (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>;

/** A token service whose nth token is `token-n` unless said otherwise. */
function setUp(answer?: Answer, realm = 'https://auth.example/token') {
  const world = { now: start, credentials: demo as Credentials | undefined, timeoutMs: 5_000 };
  const log: string[] = [];
  const write = (message: string) => void log.push(message);
  let issued = 0;
  const server = fakeFetch(answer ?? (() => ({ body: { token: `token-${++issued}`, expires_in: 300 } })));
  const tokens = new RegistryTokens({
    realm: new URL(realm),
    service: 'registry.example',
    credentials: () => Promise.resolve(world.credentials),
    timeoutMs: () => world.timeoutMs,
    log: { debug: write, info: write, warn: write },
    now: () => new Date(world.now),
    fetch: server.fetch,
  });
  return { tokens, world, log, requests: server.requests };
}

const withBody = (body: unknown) => setUp(() => ({ body }));

describe('a token of a registry', () => {
  it('is requested with the credentials, for everything that a deletion needs', async () => {
    const { tokens, requests } = setUp(undefined, 'https://auth.example/token?account=x');
    assert.equal(await tokens.tokenFor(app), 'token-1');
    const [request] = requests;
    assert.equal(requests.length, 1);
    assert.equal(request?.method, 'GET');
    assert.equal(request.url.origin + request.url.pathname, 'https://auth.example/token');
    assert.deepEqual(Object.fromEntries(request.url.searchParams), {
      account: 'x',
      service: 'registry.example',
      scope: 'repository:demo/app:pull,push,delete',
    });
    assert.deepEqual(request.headers, {
      accept: 'application/json',
      'user-agent': 'hub-images',
      authorization: `Basic ${basic}`,
    });
    assert.equal(request.body, null);
  });

  it('is only for pulls without credentials', async () => {
    const { tokens, requests, world } = setUp();
    world.credentials = undefined;
    await tokens.tokenFor(app);
    assert.equal(requests[0]?.url.searchParams.get('scope'), 'repository:demo/app:pull');
    assert.deepEqual(requests[0].headers, { accept: 'application/json', 'user-agent': 'hub-images' });
  });

  it('is that of each repository', async () => {
    const { tokens } = setUp();
    assert.equal(await tokens.tokenFor(app), 'token-1');
    assert.equal(await tokens.tokenFor(other), 'token-2');
    assert.equal(await tokens.tokenFor(app), 'token-1');
  });

  it('is that of the account', async () => {
    const { tokens, world } = setUp();
    assert.equal(await tokens.tokenFor(app), 'token-1');
    world.credentials = { ...demo, username: 'second' };
    assert.equal(await tokens.tokenFor(app), 'token-2');
    world.credentials = undefined;
    assert.equal(await tokens.tokenFor(app), 'token-3');
    assert.equal(await tokens.tokenFor(app), 'token-3');
  });

  for (const [lifetime, usedSeconds] of [
    [300, 240],
    [120, 60],
    [100, 50],
    [undefined, 30],
  ] as const) {
    it(`that is valid for ${lifetime ?? 'an unknown number of'} seconds is used for ${usedSeconds}`, async () => {
      const { tokens, world, requests } = setUp(() => ({
        body: { token: 'token', ...(lifetime !== undefined && { expires_in: lifetime }) },
      }));
      await tokens.tokenFor(app);
      world.now = start + usedSeconds * 1000 - 1;
      await tokens.tokenFor(app);
      assert.equal(requests.length, 1);
      world.now += 1;
      await tokens.tokenFor(app);
      assert.equal(requests.length, 2);
    });
  }

  it('lives from its answer on', async () => {
    const { tokens, world, requests } = setUp(() => {
      world.now = start + 200_000;
      return { body: { token: 'token', expires_in: 300 } };
    });
    await tokens.tokenFor(app);
    world.now = start + 400_000;
    await tokens.tokenFor(app);
    assert.equal(requests.length, 1);
  });

  it('is requested once for all that wait for it', async () => {
    const { tokens, requests } = setUp();
    assert.deepEqual(await Promise.all([tokens.tokenFor(app), tokens.tokenFor(app)]), ['token-1', 'token-1']);
    assert.equal(requests.length, 1);
  });

  it('is not shared with another account that waits at the same time', async () => {
    for (const [first, scope] of [
      [undefined, 'repository:demo/app:pull'],
      [{ ...demo, username: 'second' }, 'repository:demo/app:pull,push,delete'],
    ] as const) {
      const { tokens, world, requests } = setUp();
      world.credentials = first;
      const before = tokens.tokenFor(app);
      world.credentials = demo;
      const own = tokens.tokenFor(app);
      assert.notEqual(await own, await before);
      assert.equal(await tokens.tokenFor(app), await own);
      assert.deepEqual(
        requests.map(({ url }) => url.searchParams.get('scope')),
        [scope, 'repository:demo/app:pull,push,delete'],
      );
    }
  });

  it('is requested again after the registry has rejected it', async () => {
    const { tokens } = setUp();
    await tokens.tokenFor(app);
    await tokens.tokenFor(other);
    tokens.forget(app);
    assert.equal(await tokens.tokenFor(app), 'token-3');
    assert.equal(await tokens.tokenFor(other), 'token-2');
  });

  it('is requested again after a failure', async () => {
    let failures = 1;
    const { tokens } = setUp(() => (failures-- > 0 ? { status: 503 } : { body: { token: 'token' } }));
    await rejectsWith('server', tokens.tokenFor(app));
    assert.equal(await tokens.tokenFor(app), 'token');
  });

  it('may have either of its two names', async () => {
    assert.equal(await withBody({ access_token: 'same' }).tokens.tokenFor(app), 'same');
    assert.equal(await withBody({ token: 'one', access_token: 'other' }).tokens.tokenFor(app), 'one');
  });

  for (const unusable of ['', null, 'two words', 7, {}]) {
    it(`is taken from the one name beside ${JSON.stringify(unusable)} in the other`, async () => {
      const inOther = withBody({ token: unusable, access_token: 'good' });
      assert.equal(await inOther.tokens.tokenFor(app), 'good');
      assert.equal(await withBody({ token: 'good', access_token: unusable }).tokens.tokenFor(app), 'good');
    });
  }

  for (const [lifetime, usedSeconds] of [
    [null, 30],
    ['', 30],
    ['soon', 30],
    ['300', 240],
    [0, 30],
    [-1, 30],
    [{}, 30],
    [[300], 30],
    [true, 30],
  ] as const) {
    it(`with expires_in ${JSON.stringify(lifetime)} is used for ${usedSeconds} seconds`, async () => {
      const { tokens, world, requests } = setUp(() => ({ body: { token: 'token', expires_in: lifetime } }));
      await tokens.tokenFor(app);
      world.now = start + usedSeconds * 1000 - 1;
      await tokens.tokenFor(app);
      assert.equal(requests.length, 1);
      world.now += 1;
      await tokens.tokenFor(app);
      assert.equal(requests.length, 2);
    });
  }
});

describe('an answer of a token service', () => {
  it('without a token is an error that says so', async () => {
    const error = await rejectsWith('protocol', withBody({ expires_in: 300 }).tokens.tokenFor(app));
    assert.equal(error.reason, 'token: missing');
    assert.equal(error.path, '/token');
  });

  it('is an error if the token could not be sent in a header, or anything is of another type', async () => {
    for (const [body, reason] of [
      [{ token: '' }, 'token: expected a token'],
      [{ token: 'two words' }, 'token: expected a token'],
      [{ token: 'line\n' }, 'token: expected a token'],
      [{ token: '\x7f' }, 'token: expected a token'],
      [{ token: 1 }, 'token: expected a token'],
      [{ access_token: 'two words' }, 'access_token: expected a token'],
      [{ token: '', access_token: '' }, 'token: expected a token'],
      [{ token: null, access_token: 'two words' }, 'access_token: expected a token'],
      [{ token: null, access_token: null }, 'token: missing'],
    ] as const) {
      const error = await rejectsWith('protocol', withBody(body).tokens.tokenFor(app));
      assert.equal(error.reason, reason);
    }
  });

  it('that refuses the credentials names neither of them', async () => {
    const { tokens, log } = setUp(() => ({
      status: 401,
      body: { details: `no ${demo.password} and no ${basic} here` },
    }));
    const error = await rejectsWith('unauthenticated', tokens.tokenFor(app));
    assert.match(error.reason ?? '', /^no .* here$/);
    for (const text of [error.message, error.reason ?? '', ...log]) {
      assert.ok(!text.includes(demo.password) && !text.includes(basic), text);
    }
  });

  it('that refuses anonymous access is passed on in full', async () => {
    const { tokens, world } = setUp(() => ({ status: 403, body: { details: 'sign in first' } }));
    world.credentials = undefined;
    assert.equal((await rejectsWith('forbidden', tokens.tokenFor(app))).reason, 'sign in first');
  });

  it('that takes too long is not waited for', async () => {
    const { tokens, world } = setUp(
      ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('aborted'));
          });
        }),
    );
    world.timeoutMs = 1;
    await rejectsWith('timeout', tokens.tokenFor(app));
  });
});
