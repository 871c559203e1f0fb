import assert from 'node:assert/strict';
import type { HubPause } from '../../../../src/hub/http/requestPolicy';
import { countRequests, watchRequests } from '../../../../src/hub/http/requestWatch';
import { createTestClient, testToken } from '../../../support/hubHttp';
import { rejectsWith } from '../../../support/rejects';
import { json, withScriptedServer } from '../../../support/scriptedServer';

describe('countRequests', () => {
  const server = withScriptedServer();
  const lines: string[] = [];
  const log = { info: (line: string) => void lines.push(line) };

  beforeEach(() => {
    lines.length = 0;
  });

  /** A clock that is half a second later each time it is asked. */
  function clock(): () => number {
    let ms = 0;
    return () => (ms += 500);
  }

  it('writes one line with what the requests came to', async () => {
    const { http } = createTestClient(server.url);
    server.answer(
      json(200, {}),
      json(500, {}),
      json(429, 'Too Many Requests', { 'retry-after': '7' }),
      json(200, {}),
    );
    await countRequests(
      'an action',
      log,
      async () => {
        await http.get('/v2/one');
        await http.get('/v2/two?secret=1', { key: testToken });
      },
      clock(),
    );
    assert.equal(server.requests.length, 4);
    assert.deepEqual(lines, ['an action: 4 requests in 2.5 s, 2 retried, 1 rejected by the rate limit']);
  });

  it('writes nothing where nothing was sent', async () => {
    assert.equal(await countRequests('an action', log, () => Promise.resolve(1)), 1);
    assert.deepEqual(lines, []);
  });

  it('writes the line when the action fails, too', async () => {
    const { http } = createTestClient(server.url);
    server.answer(json(403, {}));
    await rejectsWith(
      'forbidden',
      countRequests('an action', log, () => http.get('/v2/one'), clock()),
    );
    assert.deepEqual(lines, ['an action: 1 request in 0.5 s, 0 retried, 0 rejected by the rate limit']);
  });

  it('tells apart the requests of actions that run side by side, though one queue sends them', async () => {
    const { http } = createTestClient(server.url, { maxConcurrentRequests: () => 1 });
    server.answer(json(200, {}));
    const read = (times: number) => () =>
      Promise.all(Array.from({ length: times }, () => http.get('/v2/one')));
    await Promise.all([countRequests('three', log, read(3)), countRequests('two', log, read(2))]);
    assert.deepEqual(lines.map((line) => line.split(' in ')[0]).sort(), [
      'three: 3 requests',
      'two: 2 requests',
    ]);
  });

  it('leaves out an action that another begins', async () => {
    const { http } = createTestClient(server.url);
    server.answer(json(200, {}));
    await countRequests('outer', log, async () => {
      await http.get('/v2/one');
      await countRequests('inner', log, () => http.get('/v2/two'));
    });
    assert.deepEqual(
      lines.map((line) => line.split(' in ')[0]),
      ['inner: 1 request', 'outer: 1 request'],
    );
  });
});

describe('watchRequests', () => {
  const server = withScriptedServer();

  it('reports a pause for the limit whoever waits for it, and whoever comes before its end', async () => {
    const now = new Date('2026-03-31T12:00:00Z');
    let goOn = (): void => undefined;
    const { http } = createTestClient(server.url, {
      now: () => now,
      delay: () => new Promise((resolve) => (goOn = resolve)),
    });
    server.answer(json(429, {}, { 'retry-after': '42' }), json(200, {}));
    const reported: [who: string, pause: HubPause][] = [];
    const read = (who: string) =>
      watchRequests({ onDidWait: (pause) => void reported.push([who, pause]) }, () => http.get('/v2/one'));
    const waiting = new Promise<void>((resolve) => {
      watchRequests({ onDidWait: () => resolve() }, () => void read('first'));
    });
    await waiting;
    const second = read('second');
    const pause = { reason: 'rateLimited', until: new Date('2026-03-31T12:00:42Z') };
    assert.deepEqual(reported, [
      ['first', pause],
      ['second', pause],
    ]);
    goOn();
    await second;
  });

  it('reports a fault of Docker Hub only to the caller whose request it met', async () => {
    const { http } = createTestClient(server.url);
    server.answer(json(500, {}), json(200, {}));
    const reported: string[] = [];
    const read = (who: string) =>
      watchRequests({ onDidWait: ({ reason }) => void reported.push(`${who} ${reason}`) }, () =>
        http.get('/v2/one'),
      );
    await read('first');
    await read('second');
    assert.deepEqual(reported, ['first server']);
  });
});
