import assert from 'node:assert/strict';
import { digestOf } from '../../../src/sandbox/digestOf';
import { withSandbox } from '../../support/sandbox';
import { signIn, TestClient } from './client';
import {
  amd64,
  arm64,
  daysAgo,
  first,
  free,
  index,
  now,
  outsider,
  owner,
  second,
  smallWorld,
  third,
  unknownTimes,
} from './smallWorld';

describe('sandbox images', () => {
  const hub = withSandbox(() => ({ world: smallWorld(), now: () => now }));

  async function digests(query: string, repository = 'team/app'): Promise<readonly string[]> {
    const { status, body } = await (await signIn(hub.url, owner)).images(repository, query);
    assert.equal(status, 200);
    assert.equal(body.count, body.results.length, 'count is of the images that match');
    return body.results.map(({ digest }) => digest);
  }

  it('shows an image with its current and former tags, both times and its status', async () => {
    const { body } = await (await signIn(hub.url, owner)).images('team/app', '?ordering=-last_activity');
    assert.deepEqual(body.results.slice(0, 2), [
      {
        namespace: 'team',
        repository: 'app',
        digest: third,
        tags: [{ tag: 'latest', is_current: true }],
        last_pushed: '2026-02-09T12:00:00.000000Z',
        last_pulled: '2026-03-29T12:00:00.000000Z',
        status: 'active',
      },
      {
        namespace: 'team',
        repository: 'app',
        digest: second,
        tags: [
          { tag: 'latest', is_current: false },
          { tag: '1.0', is_current: true },
        ],
        last_pushed: '2026-01-30T12:00:00.000000Z',
        last_pulled: null,
        status: 'inactive',
      },
    ]);
  });

  it('shows unknown times as null, and such an image as inactive', async () => {
    const { body } = await (await signIn(hub.url, owner)).images('team/app', '?ordering=last_activity');
    const [oldest] = body.results;
    assert.equal(oldest?.digest, unknownTimes);
    assert.deepEqual([oldest.last_pushed, oldest.last_pulled, oldest.status], [null, null, 'inactive']);
  });

  const byDigest = [first, second, third, unknownTimes].sort();
  const queries: readonly (readonly [query: string, expected: readonly string[]])[] = [
    ['?ordering=-last_activity', [third, second, first, unknownTimes]],
    ['?ordering=last_activity', [unknownTimes, first, second, third]],
    ['?ordering=digest', byDigest],
    ['?ordering=-digest', byDigest.toReversed()],
    ['?status=active', [third]],
    ['?status=inactive&ordering=last_activity', [unknownTimes, first, second]],
    [`?status=active&ordering=last_activity&active_from=${daysAgo(60).toISOString()}`, [second, third]],
    [`?status=inactive&active_from=${daysAgo(1).toISOString()}&ordering=digest`, byDigest],
  ];
  for (const [query, expected] of queries) {
    it(`answers ${query.replace(/\d{4}-[^&]*/, '…')} in that order`, async () => {
      assert.deepEqual(await digests(query), expected);
    });
  }

  it('takes an active_from with an offset', async () => {
    const offset = encodeURIComponent('2026-01-30T14:00:00+02:00');
    assert.deepEqual(await digests(`?status=active&ordering=last_activity&active_from=${offset}`), [
      second,
      third,
    ]);
  });

  it('lists the children of an index as images of their own', async () => {
    assert.deepEqual(new Set(await digests('', 'team/multi')), new Set([index, amd64, arm64]));
  });

  it('shows at once what somebody else changed', async () => {
    const added = digestOf('added');
    hub.world.repository('team/app').push({ digest: added, tags: ['latest'], at: daysAgo(0) });
    const { body } = await (await signIn(hub.url, owner)).images('team/app', '?status=active');
    assert.deepEqual(
      body.results.map(({ digest, tags }) => [digest, tags]),
      [
        [added, [{ tag: 'latest', is_current: true }]],
        [third, [{ tag: 'latest', is_current: false }]],
      ],
    );
  });

  it('does not show a repository that is not there', async () => {
    assert.equal((await (await signIn(hub.url, owner)).images('team/absent')).status, 404);
  });

  it('needs a token', async () => {
    const answer = await new TestClient(hub.url).images('team/app', '', { offContract: 'no token' });
    assert.equal(answer.status, 401);
  });

  it('needs read access to the namespace', async () => {
    assert.equal((await (await signIn(hub.url, outsider)).images('team/app')).status, 401);
  });

  it('needs a Pro or Team plan', async () => {
    const client = await signIn(hub.url, free);
    assert.equal((await client.images('free/own')).status, 403);
    assert.equal((await client.images('team/app')).status, 403);
  });

  const mistakes: readonly (readonly [query: string, field: string])[] = [
    ['status=old', 'status'],
    ['ordering=name', 'ordering'],
    ['active_from=2020', 'active_from'],
    ['page=0', 'page'],
    ['page=-1', 'page'],
    ['page=two', 'page'],
    ['page_size=0', 'page_size'],
    ['page_size=101', 'page_size'],
  ];
  for (const [query, field] of mistakes) {
    it(`refuses ${query} and names the field`, async () => {
      const client = await signIn(hub.url, owner);
      const answer = await client.request<{ fields: object }>(
        `/v2/namespaces/team/repositories/app/images?${query}`,
        { offContract: query },
      );
      assert.equal(answer.status, 400);
      assert.deepEqual(Object.keys(answer.body.fields), [field]);
    });
  }
});

describe('sandbox images on several pages', () => {
  const hub = withSandbox(() => {
    const world = smallWorld();
    const many = world.addRepository('team/many');
    for (let number = 0; number < 25; number += 1) {
      many.push({ digest: digestOf(`many ${number}`), at: daysAgo(number) });
    }
    return { world, now: () => now };
  });

  it('holds ten images on a page unless said otherwise', async () => {
    const { body } = await (await signIn(hub.url, owner)).images('team/many');
    assert.deepEqual([body.count, body.results.length, body.previous], [25, 10, null]);
  });

  it('leads from page to page by links that carry the same query', async () => {
    const client = await signIn(hub.url, owner);
    const query = '?ordering=digest&status=active&active_from=2026-01-01T00:00:00Z&page_size=10';
    let { body } = await client.images('team/many', query);
    const seen = [...body.results];
    while (body.next !== null) {
      const { searchParams, origin } = new URL(body.next);
      assert.equal(origin, hub.url);
      assert.equal(searchParams.get('active_from'), '2026-01-01T00:00:00Z');
      ({ body } = await client.images('team/many', new URL(body.next).search));
      seen.push(...body.results);
    }
    const all = seen.map(({ digest }) => digest);
    assert.deepEqual(all, [...new Set(all)].sort());
    assert.equal(all.length, 25);
    assert.equal(new URL(body.previous ?? '').searchParams.get('page'), '2');
  });

  it('has no next page after a full last one', async () => {
    const { body } = await (await signIn(hub.url, owner)).images('team/many', '?page=5&page_size=5');
    assert.deepEqual([body.results.length, body.next], [5, null]);
  });

  it('has nothing on a page beyond the end', async () => {
    const { status, body } = await (await signIn(hub.url, owner)).images('team/many', '?page=9');
    assert.deepEqual([status, body.count, body.results, body.next], [200, 25, [], null]);
  });
});
