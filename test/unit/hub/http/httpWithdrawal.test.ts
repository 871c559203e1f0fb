import assert from 'node:assert/strict';
import { once } from 'node:events';
import nodeFetch from 'node-fetch';
import { isHubError } from '../../../../src/hub/errors';
import type { HubHttp } from '../../../../src/hub/http/http';
import { expireOnArrival } from '../../../support/expireOnArrival';
import { createTestClient } from '../../../support/hubHttp';
import { json, withScriptedServer } from '../../../support/scriptedServer';

describe('requests that are withdrawn', () => {
  const server = withScriptedServer();
  const deletion = { effect: 'delete' } as const;

  it('does not send a deletion that was given up while the server wanted a pause', async () => {
    const paused = new AbortController();
    const pausing = new AbortController();
    server.answer(json(429, {}, { 'retry-after': '30' }), json(200, {}));
    const { http } = createTestClient(server.url, {
      delay: async () => {
        pausing.abort();
        await once(paused.signal, 'abort');
      },
    });
    const limited = http.get('/v2/limited');
    await once(pausing.signal, 'abort');
    const abort = new AbortController();
    const withdrawn = http.post('/v2/delete', {}, { ...deletion, signal: abort.signal });
    abort.abort();
    await assert.rejects(withdrawn, (error) => isHubError(error, 'cancelled') && error.neverSent);
    paused.abort();
    await limited;
    assert.deepEqual(
      server.requests.map(({ method }) => method),
      ['GET', 'GET'],
    );
  });

  it('waits for the answer of a deletion that was sent, whoever gives up', async () => {
    const abort = new AbortController();
    server.answer((_request, response) => {
      abort.abort();
      setImmediate(() => {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"done":true}');
      });
    });
    const { http } = createTestClient(server.url);
    const { body } = await http.post('/v2/delete', {}, { ...deletion, signal: abort.signal });
    assert.deepEqual(body, { done: true });
  });

  for (const [what, giveUp] of [
    ['whoever sent it gives up', (_http, abort) => abort.abort()],
    ['the client is disposed', (http) => http.dispose()],
  ] as readonly (readonly [string, (http: HubHttp, abort: AbortController) => void])[]) {
    it(`never says of a deletion that left that it did not: ${what}`, async () => {
      const abort = new AbortController();
      const { http } = createTestClient(server.url);
      server.answer(() => {
        giveUp(http, abort);
      });
      const sent = expireOnArrival(
        () => http.post('/v2/delete', {}, { ...deletion, signal: abort.signal }),
        () => server.requests.length > 0,
      );
      await assert.rejects(sent, (error) => isHubError(error, 'cancelled', 'timeout') && !error.neverSent);
    });
  }

  it('never says so of one that left while the log cannot be written', async () => {
    const closed = () => {
      throw new Error('the channel has been closed');
    };
    const { http } = createTestClient(server.url, { log: { debug: closed, info: closed, warn: closed } });
    server.answer(() => {
      http.dispose();
    });
    await assert.rejects(
      http.post('/v2/delete', {}, deletion),
      (error) => isHubError(error, 'cancelled') && !error.neverSent,
    );
  });

  for (const effect of ['none', 'delete'] as const) {
    it(`never hands fetch a request that was given up while the token was read (${effect})`, async () => {
      let calls = 0;
      const abort = new AbortController();
      const { http } = createTestClient(server.url, {
        accessToken: () => {
          abort.abort();
          return Promise.resolve('token');
        },
        fetch: (url, init) => {
          calls += 1;
          return nodeFetch(url, init);
        },
      });
      const given = http.post('/v2/x', {}, { effect, signal: abort.signal });
      await assert.rejects(given, (error) => isHubError(error, 'cancelled'));
      assert.equal(calls, 0);
    });
  }
});
