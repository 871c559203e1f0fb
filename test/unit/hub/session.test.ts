import assert from 'node:assert/strict';
import { HubSession, tokenExpiry, type SignedIn, type TokenStore } from '../../../src/hub/session';
import { sandboxAccounts } from '../../../src/sandbox/index';
import { createTestClient } from '../../support/hubHttp';
import { rejectsWith } from '../../support/rejects';
import { withSandbox } from '../../support/sandbox';
import { hang, json, withScriptedServer } from '../../support/scriptedServer';
import { until } from '../../support/until';

class MemoryStore implements TokenStore {
  kept: SignedIn | undefined;
  get = () => Promise.resolve(this.kept);
  set(signedIn: SignedIn) {
    this.kept = signedIn;
    return Promise.resolve();
  }
  delete() {
    this.kept = undefined;
    return Promise.resolve();
  }
}

const { username, password } = sandboxAccounts.demo;

for (const routes of ['all', 'seed'] as const) {
  describe(`HubSession, on a server with ${routes} routes`, () => {
    const hub = withSandbox(() => ({ routes }));
    let store: MemoryStore;

    function createSession() {
      store = new MemoryStore();
      const { http, log } = createTestClient(hub.url, { accessToken: () => session.accessToken() });
      const session: HubSession = new HubSession(http, store);
      return { session, http, log };
    }

    it('exchanges user name and password for a token and keeps only that', async () => {
      const { session, http, log } = createSession();
      const signedIn = await session.signIn({ username, password });
      assert.equal(signedIn.username, username);
      assert.deepEqual(store.kept, signedIn);
      assert.equal(await session.accessToken(), signedIn.token);
      assert.equal(await session.username(), username);
      assert.ok((tokenExpiry(signedIn.token)?.getTime() ?? 0) > Date.now());
      await http.get('/v2/namespaces/demo/repositories/none/images-summary').catch(() => undefined);
      assert.equal(hub.exchanges[1]?.requestHeaders.authorization, `JWT ${signedIn.token}`);
      assert.ok(log.every((line) => !line.includes(signedIn.token) && !line.includes(password)));
    });

    it("shows the Hub's own reason for wrong credentials and does not try again", async () => {
      const { session } = createSession();
      const error = await rejectsWith('unauthenticated', session.signIn({ username, password: 'wrong' }));
      assert.equal(error.reason, 'Incorrect authentication credentials');
      assert.equal(hub.exchanges.length, 1);
      assert.equal(store.kept, undefined);
    });

    it('forgets the token on signing out', async () => {
      const { session } = createSession();
      await session.signIn({ username, password });
      await session.signOut();
      assert.equal(await session.accessToken(), undefined);
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
    [
      { detail: 'Require secondary authentication on MFA enabled account', login_2fa_token: 'x' },
      'Require secondary authentication on MFA enabled account',
    ],
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
      assert.equal(store.kept, undefined);
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
    assert.equal(store.kept, undefined);
    assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ''), { username: 'me', password: 'hunter2' });
  });
});
