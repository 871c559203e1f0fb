import assert from 'node:assert/strict';
import type { HubErrorKind } from '../../../../src/hub/errors';
import { HubHttp } from '../../../../src/hub/http/http';
import { createTestClient, testToken } from '../../../support/hubHttp';
import { rejectsWith } from '../../../support/rejects';
import {
  breakOff,
  json,
  raw,
  type Script,
  type ScriptedRequest,
  withScriptedServer,
} from '../../../support/scriptedServer';

/** What a careless server might say. */
const said = ({ headers, body }: ScriptedRequest) => `bad ${headers.authorization ?? ''} ${body}`;
const echo =
  (status: number): Script =>
  (request, response) => {
    json(status, { detail: said(request) })(request, response);
  };

describe('HubHttp', () => {
  const server = withScriptedServer();

  describe('requests', () => {
    it('sends the bearer token in the Authorization header with the scheme JWT', async () => {
      server.answer(json(200, {}));
      await createTestClient(server.url).http.get('/v2/x');
      assert.equal(server.requests[0]?.headers.authorization, `JWT ${testToken}`);
      assert.equal(server.requests[0].headers['authentication'], undefined);
    });

    it('sends no Authorization header where there is no token', async () => {
      server.answer(json(200, {}));
      const { http } = createTestClient(server.url, { accessToken: () => Promise.resolve(undefined) });
      await http.get('/v2/x');
      assert.equal(server.requests[0]?.headers.authorization, undefined);
    });

    it('sends no token with a login', async () => {
      server.answer(json(200, {}));
      await createTestClient(server.url).http.post('/v2/users/login', {}, { effect: 'login' });
      assert.equal(server.requests[0]?.headers.authorization, undefined);
    });

    it('asks for the token anew each time', async () => {
      server.answer(json(200, {}));
      let calls = 0;
      const { http } = createTestClient(server.url, { accessToken: () => Promise.resolve(`t${++calls}`) });
      await http.get('/v2/x');
      await http.get('/v2/x');
      assert.deepEqual(
        server.requests.map(({ headers }) => headers.authorization),
        ['JWT t1', 'JWT t2'],
      );
    });

    it('percent-encodes the query and leaves out what is undefined', async () => {
      server.answer(json(200, {}));
      const query = { time: '2026-01-01T00:00:00+02:00', page: 2, status: undefined };
      await createTestClient(server.url).http.get('/v2/x', query);
      assert.deepEqual(
        [...(server.requests[0]?.query ?? [])],
        [
          ['time', '2026-01-01T00:00:00+02:00'],
          ['page', '2'],
        ],
      );
    });

    it('posts JSON and says so', async () => {
      server.answer(json(200, { done: true }));
      const { http } = createTestClient(server.url);
      const { body, status } = await http.post('/v2/x', { a: ['ä'] }, { effect: 'none' });
      assert.deepEqual([status, body], [200, { done: true }]);
      const [request] = server.requests;
      assert.equal(request?.method, 'POST');
      assert.match(request.headers['content-type'] ?? '', /^application\/json/);
      assert.deepEqual(JSON.parse(request.body), { a: ['ä'] });
    });

    it("puts the address's own path in front", async () => {
      server.answer(json(200, {}));
      await createTestClient(`${server.url}/hub/`).http.get('/v2/x');
      assert.equal(server.requests[0]?.path, '/hub/v2/x');
    });

    it('never leaves its origin, whatever the path begins with', async () => {
      server.answer(json(200, {}));
      await createTestClient(server.url).http.get('//example.com/v2/x');
      assert.equal(server.requests[0]?.path, '//example.com/v2/x');
    });

    it('uses a connection again', async () => {
      server.answer(json(200, {}));
      const { http } = createTestClient(server.url);
      await http.get('/v2/x');
      await http.get('/v2/x');
      assert.equal(server.requests[0]?.clientPort, server.requests[1]?.clientPort);
    });

    it('refuses an address that a token must not be sent to', () => {
      assert.throws(() => createTestClient('http://hub.example.com'), RangeError);
      assert.throws(
        () =>
          new HubHttp({
            baseUrl: new URL('http://hub.example.com'),
            accessToken: () => Promise.resolve(undefined),
            timeoutMs: () => 1,
            maxConcurrentRequests: () => 1,
            log: console,
          }),
        RangeError,
      );
    });
  });

  describe('answers', () => {
    const kinds: [status: number, body: unknown, kind: HubErrorKind][] = [
      [400, { message: 'x' }, 'rejected'],
      [401, { detail: 'x' }, 'unauthenticated'],
      [403, { message: 'x' }, 'forbidden'],
      [404, { message: 'object not found' }, 'notFound'],
      [404, { message: '404: Page Not Found' }, 'gone'],
      [405, { message: '405: Method Not Allowed' }, 'rejected'],
      [409, {}, 'rejected'],
      [429, { detail: 'Rate limit exceeded', error: false }, 'rateLimited'],
      [500, {}, 'server'],
      [501, {}, 'server'],
      [503, {}, 'server'],
    ];
    for (const [status, body, kind] of kinds) {
      it(`takes ${status} ${JSON.stringify(body)} for ${kind}`, async () => {
        server.answer(json(status, body));
        const { http } = createTestClient(server.url);
        const error = await rejectsWith(kind, http.get('/v2/a%2Fb', { secret: 'query' }));
        assert.deepEqual([error.method, error.path, error.status], ['GET', '/v2/a%2Fb', status]);
      });
    }

    it('gives the reason and the transaction id of Docker Hub', async () => {
      server.answer(json(403, { txnid: 'tx-1', message: 'access denied: insufficient scope', errinfo: {} }));
      const error = await rejectsWith('forbidden', createTestClient(server.url).http.get('/v2/x'));
      assert.equal(error.reason, 'access denied: insufficient scope');
      assert.equal(error.txnid, 'tx-1');
    });

    it('never gives a page as the reason', async () => {
      server.answer(raw(404, '<html><body>http://internal</body></html>', { 'content-type': 'text/html' }));
      const error = await rejectsWith('notFound', createTestClient(server.url).http.get('/v2/x'));
      assert.equal(error.reason, 'Not Found');
    });

    it('reads a status that the caller accepts as an answer, with the error it is', async () => {
      server.answer(json(400, { message: 'no', extra: 1 }));
      const { http } = createTestClient(server.url);
      const answer = await http.post('/v2/x', {}, { effect: 'delete', accept: [400] });
      assert.deepEqual([answer.status, answer.body], [400, { message: 'no', extra: 1 }]);
      assert.deepEqual([answer.error?.kind, answer.error?.reason], ['rejected', 'no']);
    });

    it('rejects an accepted status whose body is not JSON', async () => {
      server.answer(raw(400, 'bad request'));
      const { http } = createTestClient(server.url);
      const error = await rejectsWith(
        'rejected',
        http.post('/v2/x', {}, { effect: 'delete', accept: [400] }),
      );
      assert.equal(error.reason, 'bad request');
    });

    const malformed: [rule: string, script: Script, reason: string][] = [
      ['an empty body', raw(200, ''), 'the response is empty'],
      ['no content', raw(204, ''), 'the response is empty'],
      ['truncated JSON', raw(200, '{"count": 4, "resu'), 'the response is not JSON'],
      ['a page', raw(200, '<html></html>', { 'content-type': 'text/html' }), 'the response is not JSON'],
    ];
    for (const [rule, script, reason] of malformed) {
      it(`refuses ${rule} where JSON is due, and does not ask again`, async () => {
        server.answer(script);
        const error = await rejectsWith('protocol', createTestClient(server.url).http.get('/v2/x'));
        assert.equal(error.reason, reason);
        assert.equal(server.requests.length, 1);
      });
    }

    it('accepts null as JSON', async () => {
      server.answer(raw(200, 'null'));
      assert.equal((await createTestClient(server.url).http.get('/v2/x')).body, null);
    });
  });

  describe('redirects', () => {
    for (const status of [301, 302, 303, 307, 308]) {
      it(`refuses ${status} and sends nothing to the other address`, async () => {
        server.answer(raw(status, '', { location: `${server.url}/elsewhere` }));
        const { http } = createTestClient(server.url);
        const error = await rejectsWith('redirected', http.get('/v2/x'));
        assert.equal(error.status, status);
        assert.deepEqual(
          server.requests.map(({ path }) => path),
          ['/v2/x'],
        );
      });
    }

    it('refuses a redirect of a deletion', async () => {
      server.answer(raw(307, '', { location: `${server.url}/elsewhere` }));
      const { http } = createTestClient(server.url);
      await rejectsWith('redirected', http.post('/v2/x', {}, { effect: 'delete' }));
      assert.equal(server.requests.length, 1);
    });
  });

  describe('secrecy', () => {
    const opaqueToken = 'opaque-bearer'; // nothing about it looks like a secret
    const secrets = [opaqueToken, 'hunter2', 'only-in-the-query'];
    const scripts: [rule: string, script: Script][] = [
      ['success', json(200, {})],
      ['an error that repeats them', echo(401)],
      ['an error as plain text', (request, response) => void response.writeHead(500).end(said(request))],
      ['a status text', (request, response) => void response.writeHead(418, said(request)).end()],
      ['a redirect', raw(302, '', { location: `https://example.com/?token=${opaqueToken}` })],
      ['a broken connection', breakOff],
      ['a body that is not JSON', raw(200, `hunter2 ${opaqueToken}`)],
    ];
    for (const [rule, script] of scripts) {
      it(`keeps token, password and query out of errors and logs: ${rule}`, async () => {
        server.answer(script);
        const { http, log } = createTestClient(server.url, {
          accessToken: () => Promise.resolve(opaqueToken),
        });
        const texts: string[] = [];
        const collect = (error: unknown): void => {
          for (let each = error; each instanceof Error; each = each.cause) {
            texts.push(each.message, each.stack ?? '', JSON.stringify(each));
          }
        };
        const body = { password: 'hunter2' };
        await http.get('/v2/x', { q: 'only-in-the-query' }).catch(collect);
        await http
          .post('/v2/users/login', body, { effect: 'login', confidential: ['hunter2'] })
          .catch(collect);
        await http.post('/v2/y', body, { effect: 'delete', confidential: ['hunter2'] }).catch(collect);
        assert.ok(log.length >= 3);
        for (const text of [...texts, ...log]) {
          assert.ok(
            secrets.every((secret) => !text.includes(secret)),
            text,
          );
        }
      });
    }

    it('writes method, path, status, time and size of an answer into the log', async () => {
      server.answer(json(200, { a: 1 }));
      const { http, log } = createTestClient(server.url);
      await http.get('/v2/x', { q: 1 });
      assert.match(log.join('\n'), /^GET \/v2\/x 200 \d+ ms 7 bytes$/);
    });
  });
});
