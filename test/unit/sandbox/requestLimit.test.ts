import assert from 'node:assert/strict';
import { withSandbox } from '../../support/sandbox';
import { signIn } from './client';
import { now, owner, smallWorld } from './smallWorld';

const unix = now.getTime() / 1000;

describe('sandbox with a limit on requests', () => {
  let ms = 0;
  const clock = () => new Date(now.getTime() + ms);
  const hub = withSandbox(() => {
    ms = 0;
    return { world: smallWorld(), now: clock, rateLimit: { requests: 3, windowMs: 10_000 } };
  });
  const get = (path: string) => fetch(hub.url + path);
  const reported = ({ status, headers }: Response) => [
    status,
    ...['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`x-ratelimit-${name}`))),
  ];

  it('tells what is left with every answer, whatever it says', async () => {
    assert.deepEqual(reported(await get('/v2/user/')), [401, 3, 2, unix + 10]);
    ms = 4_000;
    assert.deepEqual(reported(await get('/absent')), [404, 3, 1, unix + 10]);
    hub.faults.add({ fault: { kind: 'status', status: 503 } });
    assert.deepEqual(reported(await get('/absent')), [503, 3, 0, unix + 10]);
  });

  it('refuses what is beyond, and says in both ways when to come again', async () => {
    for (let request = 0; request < 3; request += 1) {
      await get('/absent');
    }
    ms = 3_500;
    const refused = await get('/absent');
    assert.deepEqual(reported(refused), [429, 3, 0, unix + 10]);
    assert.equal(refused.headers.get('retry-after'), '7');
    assert.equal(refused.headers.get('x-retry-after'), `${unix + 10}`);
    assert.deepEqual(await refused.json(), { detail: 'Rate limit exceeded', error: false });
    assert.equal(hub.exchanges.at(-1)?.isShapedByFault, true);
  });

  it('does nothing of what it refuses, and keeps faults for the next request', async () => {
    await signIn(hub.url, owner);
    await get('/absent');
    await get('/absent');
    hub.faults.add({ fault: { kind: 'status', status: 503 } });
    assert.equal((await get('/absent')).status, 429);
    ms = 10_000;
    assert.equal((await get('/absent')).status, 503);
  });

  it('begins a window with its first request', async () => {
    await get('/absent');
    ms = 25_300;
    assert.deepEqual(reported(await get('/absent')), [404, 3, 2, unix + 36]);
  });

  it('has no limit at the registry', async () => {
    for (let request = 0; request < 5; request += 1) {
      const answer = await get('/v2/team/app/tags/list');
      assert.equal(answer.status, 401);
      assert.equal(answer.headers.get('x-ratelimit-limit'), null);
    }
    assert.deepEqual(reported(await get('/absent')), [404, 3, 2, unix + 10]);
  });
});

describe('sandbox without a limit on requests', () => {
  const hub = withSandbox();

  it('reports none', async () => {
    assert.equal((await fetch(`${hub.url}/absent`)).headers.get('x-ratelimit-limit'), null);
  });
});
