import assert from 'node:assert/strict';
import { sandboxOrganisationTokens } from '../../../src/sandbox/index';
import { withSandbox } from '../../support/sandbox';
import { TestClient, type PageBody } from './client';

const refused = { message: 'token issued from organization access token is not allowed', errinfo: {} };
const insufficient = { message: 'access denied: insufficient scope', errinfo: {} };

describe('sandbox tokens of organizations', () => {
  const hub = withSandbox(() => ({ routes: 'today' }));

  const exchange = (identifier: string, secret: string) =>
    new TestClient(hub.url).request<{ access_token: string }>('/v2/auth/token', {
      body: { identifier, secret },
    });

  async function clientOf(token: keyof typeof sandboxOrganisationTokens): Promise<TestClient> {
    const { status, body } = await exchange('acme', sandboxOrganisationTokens[token].secret);
    assert.equal(status, 200);
    return new TestClient(hub.url, body.access_token);
  }

  const names = async (client: TestClient, namespace: string) =>
    (
      await client.request<PageBody<{ name: string }>>(`/v2/namespaces/${namespace}/repositories`)
    ).body.results.map(({ name }) => name);

  const actions = async (token: keyof typeof sandboxOrganisationTokens, repository: string) => {
    const basic = Buffer.from(`acme:${sandboxOrganisationTokens[token].secret}`).toString('base64');
    const { status, body } = await new TestClient(hub.url).request<{ token: string }>(
      `/token?service=registry.docker.io&scope=repository:${repository}:pull,push,delete`,
      { headers: { authorization: `Basic ${basic}` } },
    );
    assert.equal(status, 200);
    const [, payload = ''] = body.token.split('.');
    const { access } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
      readonly access: readonly { readonly actions: readonly string[] }[];
    };
    return access[0]?.actions;
  };

  it('are exchanged with the name of the organization, and no other', async () => {
    const { secret } = sandboxOrganisationTokens.acme;
    assert.equal((await exchange('acme', secret)).status, 200);
    for (const name of ['demo', 'Acme', 'nobody']) {
      assert.equal((await exchange(name, secret)).status, 401);
    }
    assert.equal((await exchange('acme', 'dckr_oat_wrong')).status, 401);
  });

  it('do not log in', async () => {
    const body = { username: 'acme', password: sandboxOrganisationTokens.acme.secret };
    assert.deepEqual(await new TestClient(hub.url).request('/v2/users/login', { body }), {
      status: 401,
      body: { detail: 'Cannot log into an organization account' },
    });
  });

  for (const path of ['/v2/user/', '/v2/user/orgs/', '/v2/repositories/namespaces']) {
    it(`are refused at ${path}`, async () => {
      assert.deepEqual(await (await clientOf('acme')).request(path), { status: 403, body: refused });
    });
  }

  it('show the namespace of the organization, and hide every other', async () => {
    const client = await clientOf('acme');
    assert.deepEqual(await names(client, 'acme'), ['api', 'billing', 'gateway', 'nightly']);
    assert.deepEqual(await names(client, 'demo'), []);
    assert.equal((await client.request('/v2/namespaces/demo/repositories/website')).status, 404);
    assert.equal((await client.request('/v2/namespaces/demo/repositories/website/tags')).status, 404);
  });

  it('silently leave private repositories out of a listing without the scope for it', async () => {
    const client = await clientOf('acmeUnlisted');
    assert.deepEqual(await names(client, 'acme'), ['api', 'gateway', 'nightly']);
    assert.equal((await client.request('/v2/namespaces/acme/repositories/billing')).status, 200);
  });

  it('delete tags only with the scope for it', async () => {
    const client = await clientOf('acmeReadOnly');
    const path = '/v2/namespaces/acme/repositories/billing/tags/0.1';
    assert.deepEqual(await client.request(path, { method: 'DELETE' }), { status: 403, body: insufficient });
  });

  it('are granted at the registry what their scopes allow', async () => {
    assert.deepEqual(await actions('acme', 'acme/billing'), ['pull', 'push', 'delete']);
    assert.deepEqual(await actions('acmeReadOnly', 'acme/billing'), ['pull']);
    assert.deepEqual(await actions('acme', 'demo/website'), []);
  });
});
