import assert from 'node:assert/strict';
import type { AskToSignIn } from '../../../../src/hub/http/signInAgain';
import { createTestClient } from '../../../support/hubHttp';
import { rejectsWith } from '../../../support/rejects';
import { json, type Script, withScriptedServer } from '../../../support/scriptedServer';
import { until } from '../../../support/until';

/** Answers the newest token only. */
const refuseUnless =
  (valid: () => string): Script =>
  (request, response) => {
    const isValid = request.headers.authorization === `JWT ${valid()}`;
    (isValid ? json(200, { done: true }) : json(401, { detail: 'expired' }))(request, response);
  };

describe('HubHttp, when the token is refused', () => {
  const server = withScriptedServer();
  let token: string | undefined;
  let asked: number;

  beforeEach(() => {
    token = 'old';
    asked = 0;
    server.answer(refuseUnless(() => 'new'));
  });

  function createClient(answer: AskToSignIn) {
    return createTestClient(server.url, {
      accessToken: () => Promise.resolve(token),
      onUnauthenticated: (signal) => {
        asked += 1;
        return answer(signal);
      },
    }).http;
  }

  const signIn = () => {
    token = 'new';
    return Promise.resolve(true);
  };

  it('asks to sign in and repeats a reading once', async () => {
    assert.deepEqual((await createClient(signIn).get('/v2/x')).body, { done: true });
    assert.equal(asked, 1);
    assert.deepEqual(
      server.requests.map(({ headers }) => headers.authorization),
      ['JWT old', 'JWT new'],
    );
  });

  describe('where only a right is missing', () => {
    beforeEach(() => {
      server.answer((request, response) => {
        const isForeign = request.path.startsWith('/v2/foreign');
        (isForeign ? json(401, { message: 'unauthorized' }) : json(200, { done: true }))(request, response);
      });
    });

    it('does not ask, for the token is still taken elsewhere', async () => {
      const http = createClient(signIn);
      await http.get('/v2/own');
      const error = await rejectsWith('unauthenticated', http.get('/v2/foreign'));
      assert.equal(error.reason, 'unauthorized');
      assert.equal(asked, 0);
      assert.deepEqual(
        server.requests.map(({ path }) => path),
        ['/v2/own', '/v2/foreign', '/v2/own'],
      );
    });

    it('asks the person when the token is taken nowhere any more', async () => {
      const http = createClient(signIn);
      await http.get('/v2/own');
      server.answer(refuseUnless(() => 'new'));
      await http.get('/v2/foreign');
      assert.equal(asked, 1);
    });
  });

  it('repeats a dry run too', async () => {
    await createClient(signIn).post('/v2/x', {}, { effect: 'none' });
    assert.equal(server.requests.length, 2);
  });

  it('neither asks for nor repeats a deletion', async () => {
    const http = createClient(signIn);
    const error = await rejectsWith('unauthenticated', http.post('/v2/x', {}, { effect: 'delete' }));
    assert.equal(error.reason, 'expired');
    assert.equal(asked, 0);
    assert.equal(server.requests.length, 1);
  });

  it('neither asks for nor repeats a login', async () => {
    const http = createClient(signIn);
    await rejectsWith('unauthenticated', http.post('/v2/users/login', {}, { effect: 'login' }));
    assert.equal(asked, 0);
    assert.equal(server.requests.length, 1);
  });

  it('does not ask where no token was sent', async () => {
    token = undefined;
    await rejectsWith('unauthenticated', createClient(signIn).get('/v2/x'));
    assert.equal(asked, 0);
  });

  it('gives the refusal when the person does not sign in', async () => {
    const http = createClient(() => Promise.resolve(false));
    const error = await rejectsWith('unauthenticated', http.get('/v2/x'));
    assert.equal(error.reason, 'expired');
    assert.equal(server.requests.length, 1);
  });

  it('gives the refusal when the new token is refused as well', async () => {
    const http = createClient(() => {
      token = 'also old';
      return Promise.resolve(true);
    });
    await rejectsWith('unauthenticated', http.get('/v2/x'));
    assert.equal(asked, 1);
    assert.equal(server.requests.length, 2);
  });

  it('asks once for many requests', async () => {
    const http = createClient(async () => {
      await arrived(5);
      return signIn();
    });
    await Promise.all([1, 2, 3, 4, 5].map(() => http.get('/v2/x')));
    assert.equal(asked, 1);
    assert.equal(server.requests.length, 10);
  });

  it('does not ask again for requests that began before the person declined', async () => {
    const http = createTestClient(server.url, {
      accessToken: () => Promise.resolve(token),
      maxConcurrentRequests: () => 1,
      onUnauthenticated: () => Promise.resolve(++asked > 99),
    }).http;
    await Promise.all([1, 2, 3, 4].map(() => rejectsWith('unauthenticated', http.get('/v2/x'))));
    assert.equal(asked, 1);
    await rejectsWith('unauthenticated', http.get('/v2/x'));
    assert.equal(asked, 2, 'a later request asks anew');
  });

  it('repeats without asking where somebody has signed in meanwhile', async () => {
    server.answer((request, response) => {
      token = 'new'; // while the request with the old one is under way
      refuseUnless(() => 'new')(request, response);
    });
    await createClient(signIn).get('/v2/x');
    assert.equal(asked, 0);
    assert.equal(server.requests.length, 2);
  });

  it('lets the login through while others wait for it, even with a single turn', async () => {
    const login: Script = (request, response) => {
      const script = request.path === '/v2/users/login' ? json(200, {}) : refuseUnless(() => 'new');
      script(request, response);
    };
    server.answer(login);
    const { http } = createTestClient(server.url, {
      accessToken: () => Promise.resolve(token),
      maxConcurrentRequests: () => 1,
      onUnauthenticated: async () => {
        await http.post('/v2/users/login', {}, { effect: 'login' });
        return signIn();
      },
    });
    await Promise.all([http.get('/v2/x'), http.get('/v2/y')]);
    assert.equal(server.requests.filter(({ path }) => path === '/v2/users/login').length, 1);
  });

  it('withdraws the question when nobody waits for the answer any more', async () => {
    let withdrawn = false;
    let tokensRead = 0;
    const aborts = [new AbortController(), new AbortController()];
    const { http } = createTestClient(server.url, {
      accessToken: () => {
        tokensRead += 1;
        return Promise.resolve(token);
      },
      onUnauthenticated: (signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            withdrawn = true;
            resolve(false);
          });
        }),
    });
    const works = aborts.map(({ signal }) => rejectsWith('cancelled', http.get('/v2/x', {}, signal)));
    await until(() => tokensRead === 4); // once to send and once after the refusal, each
    const seen: boolean[] = [];
    for (const [index, abort] of aborts.entries()) {
      abort.abort();
      await works[index];
      seen.push(withdrawn);
    }
    assert.deepEqual(seen, [false, true]);
  });

  const arrived = (count: number) => until(() => server.requests.length >= count);
});
