import assert from 'node:assert/strict';
import { HubError } from '../../../../src/hub/errors';
import {
  type AskUsername,
  HubSession,
  type SignedIn,
  type SignInAnswer,
  tokenExpiry,
  type TokenStore,
} from '../../../../src/hub/session/session';
import { sandboxAccounts, sandboxOrganisationTokens } from '../../../../src/sandbox/index';
import { describeError } from '../../../../src/texts/errors';
import { createTestClient } from '../../../support/hubHttp';
import { rejectsWith } from '../../../support/rejects';
import { withSandbox } from '../../../support/sandbox';
import { hang, json, withScriptedServer } from '../../../support/scriptedServer';
import { until } from '../../../support/until';

class MemoryStore implements TokenStore {
  stored: SignedIn | undefined;
  get = () => Promise.resolve(this.stored);
  set(signedIn: SignedIn) {
    this.stored = signedIn;
    return Promise.resolve();
  }
  renew(signedIn: SignedIn) {
    const isSame = this.stored?.accessToken === signedIn.accessToken;
    this.stored = isSame ? signedIn : this.stored;
    return Promise.resolve(isSame);
  }
  delete() {
    this.stored = undefined;
    return Promise.resolve();
  }
}

const { username, password } = sandboxAccounts.demo;
const [accessToken] = sandboxAccounts.demo.accessTokens;

function signedInOf(answer: SignInAnswer): SignedIn {
  assert.equal(answer.kind, 'signedIn');
  return answer.signedIn;
}

for (const routes of ['all', 'seed'] as const) {
  describe(`HubSession, on a server with ${routes} routes`, () => {
    const hub = withSandbox(() => ({ routes }));
    let store: MemoryStore;

    function createSession() {
      store = new MemoryStore();
      const { http, log } = createTestClient(hub.url, { accessToken: () => session.bearerToken() });
      const session: HubSession = new HubSession(http, store);
      return { session, http, log };
    }

    it('exchanges user name and password for a token and keeps only that', async () => {
      const { session, http, log } = createSession();
      const signedIn = signedInOf(await session.signIn({ username, password }));
      assert.equal(signedIn.username, username);
      assert.deepEqual(store.stored, { username, token: signedIn.token });
      assert.equal(await session.bearerToken(), signedIn.token);
      assert.equal(await session.username(), username);
      assert.ok((tokenExpiry(signedIn.token)?.getTime() ?? 0) > Date.now());
      await http.get('/v2/namespaces/demo/repositories/none/images-summary').catch(() => undefined);
      assert.equal(hub.exchanges[1]?.requestHeaders.authorization, `JWT ${signedIn.token}`);
      assert.ok(log.every((line) => !line.includes(signedIn.token) && !line.includes(password)));
    });

    it("shows Docker Hub's own reason for wrong credentials and does not try again", async () => {
      const { session } = createSession();
      const error = await rejectsWith('unauthenticated', session.signIn({ username, password: 'wrong' }));
      assert.equal(error.reason, 'Incorrect authentication credentials');
      assert.equal(hub.exchanges.length, 1);
      assert.equal(store.stored, undefined);
    });

    it('keeps an access token, to renew the sign-in with', async () => {
      const { session } = createSession();
      const { token } = signedInOf(await session.signIn({ username, password: accessToken }));
      assert.deepEqual(store.stored, { username, token, accessToken });
      const operations = hub.exchanges.map(({ operation }) => operation);
      assert.deepEqual(operations, routes === 'seed' ? [undefined, 'PostUsersLogin'] : ['PostAuthToken']);
    });

    it('renews the sign-in on being asked, once for each bearer token', async () => {
      const { session } = createSession();
      const { token } = signedInOf(await session.signIn({ username, password: accessToken }));
      const [renewed, same] = await Promise.all([session.renew(), session.renew()]);
      assert.ok(renewed !== undefined && renewed !== token);
      assert.equal(same, renewed);
      assert.equal(store.stored?.token, renewed);
    });

    it('forgets the token on signing out', async () => {
      const { session } = createSession();
      await session.signIn({ username, password });
      await session.signOut();
      assert.equal(await session.bearerToken(), undefined);
      assert.equal(await session.username(), undefined);
    });
  });
}

describe('HubSession', () => {
  const server = withScriptedServer();
  const signIn = (signal?: AbortSignal) => {
    const store = new MemoryStore();
    const { http } = createTestClient(server.url);
    return {
      store,
      result: new HubSession(http, store).signIn({ username: 'me', password: 'hunter2' }, signal),
    };
  };

  const reasons: [body: object, reason: string][] = [
    [{ detail: 'a', details: 'b', message: 'c' }, 'a'],
    [{ details: 'b', message: 'c' }, 'b'],
    [{ message: 'c' }, 'c'],
    [{ detail: 'a', login_2fa_token: null }, 'a'],
    [{ detail: 'no hunter2 for you' }, 'no … for you'],
  ];
  for (const [body, reason] of reasons) {
    it(`reads the reason of ${JSON.stringify(body)}`, async () => {
      server.answer(json(401, body));
      assert.equal((await rejectsWith('unauthenticated', signIn().result)).reason, reason);
      assert.equal(server.requests.length, 1);
    });
  }

  for (const body of [{}, { token: null }, { token: '' }, { token: 'two\nlines' }, { token: 'tokén' }]) {
    it(`refuses an answer ${JSON.stringify(body)}`, async () => {
      server.answer(json(200, body));
      const { store, result } = signIn();
      const error = await rejectsWith('protocol', result);
      assert.match(error.reason ?? '', /^token: (?:expected a token|missing)$/);
      assert.equal(store.stored, undefined);
    });
  }

  it('keeps nothing when the person gives up', async () => {
    server.answer(hang);
    const abort = new AbortController();
    const { store, result } = signIn(abort.signal);
    const failed = rejectsWith('cancelled', result);
    await until(() => server.requests.length > 0);
    abort.abort();
    await failed;
    assert.equal(store.stored, undefined);
    assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ''), { username: 'me', password: 'hunter2' });
  });
});

describe('HubSession of an account with a second factor', () => {
  const hub = withSandbox();
  const { careful } = sandboxAccounts;

  async function begin() {
    const store = new MemoryStore();
    const { http, log } = createTestClient(hub.url);
    const session = new HubSession(http, store);
    const answer = await session.signIn({ username: careful.username, password: careful.password });
    assert.equal(answer.kind, 'codeNeeded');
    return { store, session, log, ticket: answer.ticket };
  }

  it('asks for the code, and keeps nothing before it is right', async () => {
    const { store, session, ticket, log } = await begin();
    const error = await rejectsWith('unauthenticated', session.signInWithCode(ticket, '000000'));
    assert.equal(error.reason, 'Incorrect authentication credentials');
    assert.equal(store.stored, undefined);
    const { token } = signedInOf(await session.signInWithCode(ticket, careful.secondFactorCode));
    assert.deepEqual(store.stored, { username: careful.username, token });
    assert.ok(log.every((line) => !line.includes(ticket.token) && !line.includes(careful.secondFactorCode)));
  });

  it('sends no bearer that is only half of a sign-in', async () => {
    const { ticket } = await begin();
    const { http } = createTestClient(hub.url, { accessToken: () => Promise.resolve(ticket.token) });
    await rejectsWith('unauthenticated', http.get('/v2/user/'));
  });
});

describe('HubSession with an access token', () => {
  let clock = new Date('2026-06-01T12:00:00Z');
  const now = () => clock;
  const later = (ms: number) => (clock = new Date(clock.getTime() + ms));
  const hub = withSandbox(() => ({ now }));
  const minuteMs = 60_000;

  const refuse = (status: number, times = 1) => {
    hub.sandbox.faults.add({
      on: { operation: 'PostAuthToken' },
      times,
      fault: { kind: 'status', status, body: { detail: 'no' } },
    });
  };

  async function signedIn(concurrency = 8, onUnauthenticated?: (session: HubSession) => Promise<boolean>) {
    const store = new MemoryStore();
    const { http } = createTestClient(hub.url, {
      now,
      accessToken: () => session.bearerToken(),
      maxConcurrentRequests: () => concurrency,
      ...(onUnauthenticated !== undefined && { onUnauthenticated: () => onUnauthenticated(session) }),
    });
    const session: HubSession = new HubSession(http, store);
    await session.signIn({ username, password: accessToken });
    return { store, session, http };
  }

  const exchanges = () => hub.exchanges.filter(({ operation }) => operation === 'PostAuthToken');

  it('renews the bearer token a minute before it ends, and no sooner', async () => {
    const { http } = await signedIn();
    later(8.9 * minuteMs);
    await http.get('/v2/user/');
    assert.equal(exchanges().length, 1);
    later(0.2 * minuteMs);
    await http.get('/v2/user/');
    assert.equal(exchanges().length, 2);
    assert.ok(hub.exchanges.every(({ status }) => status === 200));
  });

  for (const concurrency of [1, 8]) {
    it(`renews once for all requests that wait for it, of which ${String(concurrency)} run at once`, async () => {
      const { http } = await signedIn(concurrency);
      later(9.5 * minuteMs);
      await Promise.all(Array.from({ length: 20 }, () => http.get('/v2/user/')));
      assert.equal(exchanges().length, 2);
    });
  }

  it('tries a renewal that is refused once, and sends what it has', async () => {
    const { http, session } = await signedIn();
    hub.sandbox.faults.add({
      on: { operation: 'PostAuthToken' },
      times: 'always',
      fault: { kind: 'status', status: 401, body: { detail: 'revoked' } },
    });
    later(9.5 * minuteMs);
    await http.get('/v2/user/');
    await http.get('/v2/user/');
    assert.equal(await session.renew(), undefined);
    assert.equal(exchanges().length, 2);
  });

  for (const status of [401, 403]) {
    it(`ends the renewals of a bearer token with a ${status}, and begins again with a new sign-in`, async () => {
      const { session } = await signedIn();
      refuse(status);
      assert.equal(await session.renew(), undefined);
      assert.equal(await session.renew(), undefined);
      assert.equal(exchanges().length, 2);
      await session.signIn({ username, password: accessToken });
      assert.notEqual(await session.renew(), undefined);
    });
  }

  for (const status of [500, 502, 503, 504, 408, 400]) {
    it(`does not remember a ${status} of a renewal: the next request tries again`, async () => {
      const { session, http } = await signedIn();
      refuse(status);
      later(9.5 * minuteMs);
      await http.get('/v2/user/'); // with the old token
      assert.equal(exchanges().length, 2);
      await http.get('/v2/user/');
      assert.equal(exchanges().length, 3);
      assert.equal(exchanges().at(-1)?.status, 200);
      assert.notEqual(await session.renew(), undefined);
    });
  }

  it('says why the renewal failed, instead of asking for a sign-in, and tries again on the next request', async () => {
    const asked: boolean[] = [];
    const { http } = await signedIn(8, async (session) => {
      const isRenewed = (await session.renew()) !== undefined;
      asked.push(isRenewed);
      return isRenewed;
    });
    refuse(503, 3); // before the request, after its refusal, and instead of asking
    later(11 * minuteMs);
    const error = await rejectsWith('server', http.get('/v2/user/'));
    assert.equal(error.status, 503);
    assert.deepEqual(asked, []);
    await http.get('/v2/user/');
    assert.deepEqual(asked, []);
  });

  it('asks for no new token before a rate limit of renewals ends', async () => {
    const { session } = await signedIn();
    hub.sandbox.faults.add({
      on: { operation: 'PostAuthToken' },
      fault: { kind: 'status', status: 429, headers: { 'retry-after': '30' }, body: {} },
    });
    await rejectsWith('rateLimited', session.renew());
    await rejectsWith('rateLimited', session.renew());
    assert.equal(exchanges().length, 2);
    later(31_000);
    assert.notEqual(await session.renew(), undefined);
  });

  it('tries again after the secret storage has failed once', async () => {
    const { session, store } = await signedIn();
    const { get } = store;
    store.get = () => Promise.reject(new Error('locked'));
    await assert.rejects(session.bearerToken(), /locked/);
    store.get = get;
    assert.notEqual(await session.bearerToken(), undefined);
  });

  it('does not sign in again whoever signed out during a renewal', async () => {
    const { session, store } = await signedIn();
    hub.sandbox.faults.add({
      on: { operation: 'PostAuthToken' },
      fault: { kind: 'before', change: () => session.signOut() },
    });
    assert.equal(await session.renew(), undefined);
    assert.equal(store.stored, undefined);
  });
});

describe('HubSession of an organization', () => {
  const hub = withSandbox(() => ({ routes: 'today' }));

  function createSession(): HubSession {
    const { http } = createTestClient(hub.url, { accessToken: () => session.bearerToken() });
    const session: HubSession = new HubSession(http, new MemoryStore());
    return session;
  }

  it('knows that it is one by its access token', async () => {
    const session = createSession();
    assert.equal(await session.account(), undefined);
    const { secret } = sandboxOrganisationTokens.acme;
    await session.signIn({ username: 'acme', password: secret });
    assert.deepEqual(await session.account(), { username: 'acme', isOrganisation: true });
    assert.deepEqual(await session.registryCredentials(), { username: 'acme', password: secret });
    assert.deepEqual(
      hub.exchanges.map(({ operation }) => operation),
      ['PostAuthToken'],
    );
  });

  it('takes no account of a person for one', async () => {
    const session = createSession();
    await session.signIn({ username, password: accessToken });
    assert.deepEqual(await session.account(), { username, isOrganisation: false });
    await session.signIn({ username, password });
    assert.deepEqual(await session.account(), { username, isOrganisation: false });
  });

  it('shows why the name of the organization and a password do not do', async () => {
    const error = await rejectsWith(
      'unauthenticated',
      createSession().signIn({ username: 'acme', password }),
    );
    assert.equal(error.reason, 'Cannot log into an organization account');
  });
});

describe('HubSession with what people paste or have stored', () => {
  const server = withScriptedServer();

  function createSession(ask?: AskUsername) {
    const store = new MemoryStore();
    const { http } = createTestClient(server.url);
    return { store, session: new HubSession(http, store, ask) };
  }

  for (const pasted of [
    ' dckr_pat_abc',
    'dckr_pat_abc ',
    'dckr_pat_abc\n',
    '\r\n\tdckr_pat_abc\r\n',
    '\u00a0dckr_pat_abc\u200b',
    '\ufeffdckr_pat_abc',
    ' dckr_oat_abc ',
  ]) {
    it(`removes what surrounds the access token ${JSON.stringify(pasted)}`, async () => {
      server.answer(json(200, { access_token: 'bearer' }));
      const { store, session } = createSession();
      await session.signIn({ username: ' me\n', password: pasted });
      const accessToken = /dckr_\w+/.exec(pasted)?.[0];
      assert.deepEqual(store.stored, { username: 'me', token: 'bearer', accessToken });
      const [request] = server.requests;
      assert.equal(request?.path, '/v2/auth/token');
      assert.deepEqual(JSON.parse(request.body), { identifier: 'me', secret: accessToken });
    });
  }

  for (const password of [' hunter2 ', 'hunter2\n', ' my dckr_pat_abc']) {
    it(`sends the password ${JSON.stringify(password)} as it is`, async () => {
      server.answer(json(200, { token: 'bearer' }));
      await createSession().session.signIn({ username: 'me', password });
      assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ''), { username: 'me', password });
    });
  }

  const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
  const eMail = { username: 'Ada.Example+docker@example.com', password: 'dckr_pat_abc' };

  for (const claims of [
    { username: 'ada' },
    { 'https://hub.docker.com': { username: 'ada' } },
    { username: '', 'https://hub.docker.com': { username: 'ada', email: 'ada@example.com' } },
    { username: 'ada@example.com', 'https://hub.docker.com': { username: 'ada' } },
  ]) {
    it(`takes the user name of an email address from the token with ${JSON.stringify(claims)}`, async () => {
      const token = jwt(claims);
      server.answer(json(200, { access_token: token }));
      const { store, session } = createSession(() => assert.fail('the token says it'));
      const answer = signedInOf(await session.signIn(eMail));
      assert.equal(answer.username, 'ada');
      assert.deepEqual(store.stored, { username: 'ada', token, accessToken: 'dckr_pat_abc' });
      assert.deepEqual(await session.registryCredentials(), { username: 'ada', password: 'dckr_pat_abc' });
    });
  }

  for (const [username, found, expected] of [
    ['ada@example.com', 'ada', 'ada'],
    ['Ada', 'ada', 'ada'],
    ['Ada', undefined, 'Ada'],
    ['old-', 'old-', 'old-'],
    ['ada', 'never asked', 'ada'],
  ] as const) {
    it(`signs in as ${expected} with ${username} where the account says ${String(found)}`, async () => {
      server.answer(json(200, { token: jwt({ sub: '1' }) }));
      const { store, session } = createSession((token) => {
        assert.equal(token, jwt({ sub: '1' }));
        return Promise.resolve(found);
      });
      await session.signIn({ username, password: 'hunter2' });
      assert.equal(store.stored?.username, expected);
    });
  }

  it('takes it from the account after the code of a second factor, too', async () => {
    server.answer(json(200, { token: 'bearer' }));
    const { store, session } = createSession(() => Promise.resolve('ada'));
    await session.signInWithCode({ username: 'ada@example.com', token: 'ticket' }, '123456');
    assert.equal(store.stored?.username, 'ada');
  });

  it('refuses an email address of which neither token nor account has the user name, and stores nothing', async () => {
    server.answer(json(200, { access_token: 'opaque' }));
    const { store, session } = createSession();
    const error = await rejectsWith('usernameUnknown', session.signIn(eMail));
    assert.match(describeError(error), /email address.*Sign in with your Docker ID/);
    assert.equal(store.stored, undefined);
  });

  it('stores nothing where the account cannot be read for now', async () => {
    server.answer(json(200, { access_token: 'opaque' }));
    const failure = new HubError('server', { method: 'GET', path: '/v2/user/', status: 503 });
    const { store, session } = createSession(() => Promise.reject(failure));
    await rejectsWith('server', session.signIn(eMail));
    assert.equal(store.stored, undefined);
  });
});
