import assert from 'node:assert/strict';
import { withSandbox } from '../../support/sandbox';
import { signIn, TestClient, type PageBody } from './client';
import { free, now, outsider, owner, smallWorld, writer } from './smallWorld';

interface Named {
  readonly name: string;
}

describe('sandbox namespaces and repositories', () => {
  const hub = withSandbox(() => ({ world: smallWorld(), now: () => now }));

  async function names(client: TestClient, path: string): Promise<readonly string[]> {
    const { status, body } = await client.request<PageBody<Named>>(path);
    assert.equal(status, 200);
    return body.results.map(({ name }) => name);
  }

  it('says who is signed in', async () => {
    const { body } = await (await signIn(hub.url, owner)).request<{ username: string }>('/v2/user/');
    assert.equal(body.username, 'owner');
  });

  for (const [account, namespaces, organizations] of [
    [owner, ['owner', 'team'], ['team']],
    [writer, ['writer'], ['team']],
    [outsider, ['outsider'], []],
  ] as const) {
    it(`lists the namespaces and organizations of ${account.username}`, async () => {
      const client = await signIn(hub.url, account);
      const own = await client.request<{ namespaces: readonly string[] }>('/v2/repositories/namespaces');
      assert.deepEqual(own.body.namespaces, namespaces);
      const listed = await client.request<PageBody<{ orgname: string }>>('/v2/user/orgs/?page_size=100');
      assert.deepEqual(
        listed.body.results.map(({ orgname }) => orgname),
        organizations,
      );
    });
  }

  for (const path of ['/v2/user/', '/v2/user/orgs/', '/v2/repositories/namespaces']) {
    it(`needs a token for ${path}`, async () => {
      assert.equal((await new TestClient(hub.url).request(path)).status, 401);
    });
  }

  it('lists private repositories to members only', async () => {
    const path = '/v2/namespaces/team/repositories';
    assert.deepEqual(await names(await signIn(hub.url, writer), path), ['app', 'multi', 'secret']);
    assert.deepEqual(await names(await signIn(hub.url, outsider), path), ['app', 'multi']);
    assert.deepEqual(await names(new TestClient(hub.url), path), ['app', 'multi']);
  });

  it('refuses a token that is not valid even where none is needed', async () => {
    const answer = await new TestClient(hub.url, 'x').request('/v2/namespaces/team/repositories');
    assert.equal(answer.status, 401);
  });

  const queries: readonly (readonly [query: string, expected: readonly string[]])[] = [
    ['', ['app', 'multi', 'secret']],
    ['?ordering=-name', ['secret', 'multi', 'app']],
    ['?ordering=last_updated', ['multi', 'app', 'secret']],
    ['?ordering=-last_updated', ['secret', 'app', 'multi']],
    ['?ordering=pull_count', ['secret', 'multi', 'app']],
    ['?ordering=-pull_count', ['app', 'multi', 'secret']],
    ['?name=e', ['secret']],
    ['?page_size=2', ['app', 'multi']],
    ['?page_size=2&page=2', ['secret']],
  ];
  for (const [query, expected] of queries) {
    it(`lists repositories with ${query || 'no query'}`, async () => {
      const client = await signIn(hub.url, owner);
      assert.deepEqual(await names(client, `/v2/namespaces/team/repositories${query}`), expected);
    });
  }

  it('shows what the tree needs to know of a repository', async () => {
    const client = await signIn(hub.url, owner);
    const { body } = await client.request<PageBody<Record<string, unknown>>>(
      '/v2/namespaces/team/repositories?page_size=1&page=3',
    );
    const { name, namespace, is_private, status_description, last_updated, storage_size } =
      body.results[0] ?? {};
    assert.deepEqual(
      { name, namespace, is_private, status_description, last_updated, storage_size },
      {
        name: 'secret',
        namespace: 'team',
        is_private: true,
        status_description: 'active',
        last_updated: '2026-03-30T12:00:00.000000Z',
        storage_size: 48_000_000,
      },
    );
  });

  it('answers an unknown namespace like one without repositories', async () => {
    const answer = await new TestClient(hub.url).request('/v2/namespaces/absent/repositories');
    assert.deepEqual(answer, { status: 200, body: { count: 0, next: null, previous: null, results: [] } });
  });

  it('answers 404 beyond the last page', async () => {
    const client = await signIn(hub.url, owner);
    assert.equal((await client.request('/v2/namespaces/team/repositories?page=2')).status, 404);
  });

  for (const query of ['ordering=stars', 'page=0', 'page_size=101']) {
    it(`refuses ${query}`, async () => {
      const answer = await new TestClient(hub.url).request(`/v2/namespaces/team/repositories?${query}`);
      assert.equal(answer.status, 400);
    });
  }

  const permissions = [
    [owner, { read: true, write: true, admin: true }],
    [writer, { read: true, write: true, admin: false }],
    [outsider, { read: true, write: false, admin: false }],
  ] as const;
  for (const [account, expected] of permissions) {
    it(`tells ${account.username} what they may do in a repository`, async () => {
      const client = await signIn(hub.url, account);
      const { body } = await client.request<{ permissions: object }>('/v2/namespaces/team/repositories/app');
      assert.deepEqual(body.permissions, expected);
    });
  }

  it('prefers the role in the repository to the one in the namespace', async () => {
    hub.world.addRepository('team/strict', { isPrivate: true, roles: { writer: 'none', free: 'read' } });
    const path = '/v2/namespaces/team/repositories/strict';
    assert.equal((await (await signIn(hub.url, writer)).request(path)).status, 404);
    const { body } = await (await signIn(hub.url, free)).request<{ permissions: object }>(path);
    assert.deepEqual(body.permissions, { read: true, write: false, admin: false });
  });

  for (const name of ['secret', 'absent']) {
    it(`does not tell outsiders whether there is a repository ${name}`, async () => {
      const client = await signIn(hub.url, outsider);
      const answer = await client.request(`/v2/namespaces/team/repositories/${name}`);
      assert.deepEqual(answer, { status: 404, body: { message: 'object not found', errinfo: {} } });
    });
  }
});
