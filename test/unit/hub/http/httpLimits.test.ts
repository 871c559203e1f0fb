import assert from 'node:assert/strict';
import { getEventListeners, once } from 'node:events';
import { expireOnArrival } from '../../../support/expireOnArrival';
import { createTestClient } from '../../../support/hubHttp';
import { rejectsWith } from '../../../support/rejects';
import {
  hang,
  hangInBody,
  json,
  raw,
  type Script,
  withScriptedServer,
} from '../../../support/scriptedServer';
import { until } from '../../../support/until';

const limitBytes = 32 * 1024 * 1024;

/** Sends so many bytes of JSON, as fast as they are taken. */
function sendMuch(bytes: number, announced: boolean, status = 200): Script {
  return (_request, response) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(announced ? { 'content-length': `${bytes}` } : {}),
    });
    const chunk = Buffer.alloc(64 * 1024, ' ');
    let left = bytes;
    const write = (): void => {
      while (left > 0 && !response.destroyed) {
        const part = chunk.subarray(0, Math.min(left, chunk.length));
        left -= part.length;
        if (!response.write(part)) {
          response.once('drain', write);
          return;
        }
      }
      response.end();
    };
    write();
  };
}

/** Until the server has seen so many requests. */
const arrived = (server: { readonly requests: readonly unknown[] }, count: number) =>
  until(() => server.requests.length >= count);

describe('HubHttp, within its limits', () => {
  const server = withScriptedServer();

  for (const [rule, script] of [
    ['no answer', hang],
    ['a body that never ends', hangInBody],
  ] as const) {
    it(`gives up in time: ${rule}`, async () => {
      server.answer(script);
      const { http } = createTestClient(server.url);
      const sent = expireOnArrival(
        () => http.get('/v2/x'),
        () => server.requests.length > 0,
      );
      await rejectsWith('timeout', sent);
      assert.equal(server.requests.length, 1);
      await closed(0);
    });

    it(`gives up a deletion in time, and sends it once: ${rule}`, async () => {
      server.answer(script);
      const { http } = createTestClient(server.url);
      const sent = expireOnArrival(
        () => http.post('/v2/x', {}, { effect: 'delete' }),
        () => server.requests.length > 0,
      );
      await rejectsWith('timeout', sent);
      assert.equal(server.requests.length, 1);
    });

    it(`stops at once when the caller gives up: ${rule}`, async () => {
      server.answer(script);
      const abort = new AbortController();
      const { http, log } = createTestClient(server.url);
      const work = http.get('/v2/x', {}, abort.signal);
      await arrived(server, 1);
      abort.abort();
      await rejectsWith('cancelled', work);
      await until(() => log.some((line) => /^GET \/v2\/x cancelled \d+ ms$/.test(line)));
      await closed(0);
    });
  }

  it('does not count the time in the queue', async () => {
    server.answer(json(200, {}));
    const { http } = createTestClient(server.url, { timeoutMs: () => 500, maxConcurrentRequests: () => 1 });
    server.answer((_request, response) => {
      setTimeout(() => response.end('{}'), 60);
    });
    await Promise.all(Array.from({ length: 10 }, () => http.get('/v2/x')));
    assert.equal(server.requests.length, 10);
  });

  it('sends nothing for a caller who has given up already', async () => {
    server.answer(json(200, {}));
    const { http } = createTestClient(server.url);
    await rejectsWith('cancelled', http.get('/v2/x', {}, AbortSignal.abort()));
    assert.equal(server.requests.length, 0);
  });

  it('sends nothing for a caller who gives up while waiting for a turn', async () => {
    server.answer(hang);
    const { http } = createTestClient(server.url, { maxConcurrentRequests: () => 1 });
    const first = rejectsWith('cancelled', http.get('/v2/first'));
    const abort = new AbortController();
    const second = http.get('/v2/second', {}, abort.signal);
    await arrived(server, 1);
    abort.abort();
    await rejectsWith('cancelled', second);
    http.dispose();
    await first;
    assert.equal(server.requests.length, 1);
  });

  it('gives up everything when it is disposed, and sends nothing afterwards', async () => {
    server.answer(hang);
    const { http } = createTestClient(server.url, { maxConcurrentRequests: () => 2 });
    const works = [1, 2, 3].map(() => rejectsWith('cancelled', http.get('/v2/x')));
    await arrived(server, 2);
    http.dispose();
    await Promise.all(works);
    await rejectsWith('cancelled', http.get('/v2/x'));
    assert.equal(server.requests.length, 2);
  });

  it('leaves no listener on a signal that lives longer', async () => {
    server.answer(json(200, {}));
    const { signal } = new AbortController();
    await createTestClient(server.url).http.get('/v2/x', {}, signal);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  for (const announced of [true, false]) {
    it(`cuts a body of 200 MB, its length ${announced ? 'announced' : 'unknown'}`, async () => {
      server.answer(sendMuch(200 * 1024 * 1024, announced));
      await rejectsWith('tooLarge', createTestClient(server.url).http.get('/v2/x'));
      assert.equal(server.requests.length, 1);
      await closed(0);
    });
  }

  it('counts a compressed body by what comes out', async () => {
    const { gzipSync } = await import('node:zlib');
    const bomb = gzipSync(Buffer.alloc(limitBytes + 1, ' '));
    assert.ok(bomb.length < 100_000);
    server.answer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    await rejectsWith('tooLarge', createTestClient(server.url).http.get('/v2/x'));
  });

  it('reads a compressed answer', async () => {
    const { gzipSync } = await import('node:zlib');
    server.answer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'));
    });
    assert.deepEqual((await createTestClient(server.url).http.get('/v2/x')).body, { a: 1 });
  });

  it('reads only the beginning of a large error', async () => {
    server.answer(sendMuch(200 * 1024 * 1024, false, 403));
    await rejectsWith('forbidden', createTestClient(server.url).http.get('/v2/x'));
    await closed(0);
  });

  it('has at most so many requests under way at once', async () => {
    let underWay = 0;
    let peak = 0;
    server.answer((_request, response) => {
      peak = Math.max(peak, ++underWay);
      setTimeout(() => {
        underWay -= 1;
        response.end('{}');
      }, 5);
    });
    const { http } = createTestClient(server.url, { maxConcurrentRequests: () => 3 });
    await Promise.all(Array.from({ length: 20 }, () => http.get('/v2/x')));
    assert.equal(peak, 3);
    assert.equal(server.requests.length, 20);
  });

  it('heeds a changed number of requests at once', async () => {
    server.answer(hang);
    let most = 1;
    const { http } = createTestClient(server.url, { maxConcurrentRequests: () => most });
    const works = [1, 2].map(() => rejectsWith('cancelled', http.get('/v2/x')));
    await arrived(server, 1);
    most = 3;
    works.push(rejectsWith('cancelled', http.get('/v2/x')));
    await arrived(server, 3);
    http.dispose();
    await Promise.all(works);
  });

  it('frees its turn while it waits to try again', async () => {
    const waiting = new AbortController();
    server.answer(json(500, {}), json(200, { other: true }));
    const { http } = createTestClient(server.url, {
      maxConcurrentRequests: () => 1,
      delay: () => once(waiting.signal, 'abort').then(() => undefined),
    });
    const failing = http.get('/v2/failing');
    await arrived(server, 1);
    assert.deepEqual((await http.get('/v2/other')).body, { other: true });
    waiting.abort();
    await failing;
  });

  it('does not read the body of a redirect', async () => {
    server.answer((request, response) => {
      response.writeHead(302, { location: '/elsewhere' }).write('and a body that never ends');
      request.gone.addEventListener('abort', () => response.end());
    });
    await rejectsWith('redirected', createTestClient(server.url).http.get('/v2/x'));
    await closed(0);
  });

  it('accepts an error without a body', async () => {
    server.answer(raw(403, ''));
    const error = await rejectsWith('forbidden', createTestClient(server.url).http.get('/v2/x'));
    assert.equal(error.reason, 'Forbidden');
  });

  /** Until the server has seen the client close the connection of that request. */
  async function closed(index: number): Promise<void> {
    await until(() => server.requests[index]?.gone.aborted === true);
  }
});
