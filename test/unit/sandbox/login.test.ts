import assert from 'node:assert/strict';
import { withSandbox } from '../../support/sandbox';
import { TestClient } from './client';
import { now, owner, smallWorld } from './smallWorld';

const path = '/v2/users/login';

describe('sandbox login', () => {
  let clock = now;
  const hub = withSandbox(() => ({ world: smallWorld(), now: () => clock, tokenLifetimeMs: 60_000 }));
  beforeEach(() => {
    clock = now;
  });

  async function tokenOf(credentials: unknown): Promise<string> {
    const answer = await new TestClient(hub.url).request<{ token: string }>(path, { body: credentials });
    assert.equal(answer.status, 200);
    return answer.body.token;
  }

  it('gives out a token that says when it expires', async () => {
    const [, payload = ''] = (await tokenOf(owner)).split('.');
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    assert.ok(typeof claims === 'object' && claims !== null && 'exp' in claims);
    assert.equal(claims.exp, (now.getTime() + 60_000) / 1000);
  });

  it('accepts an email address, in any letter case, and gives out the token of its user', async () => {
    const email = { username: 'Owner@Example.com', password: owner.password };
    const headers = { authorization: `JWT ${await tokenOf(email)}` };
    const answer = await new TestClient(hub.url).request<{ username: string }>('/v2/user/', { headers });
    assert.equal(answer.body.username, owner.username);
  });

  for (const [what, credentials] of [
    ['a wrong password', { ...owner, password: 'wrong' }],
    ['an unknown user', { username: 'nobody', password: owner.password }],
    ['a wrong case', { username: 'Owner', password: owner.password }],
  ] as const) {
    it(`refuses ${what} with the reason in detail`, async () => {
      const answer = await new TestClient(hub.url).request(path, { body: credentials });
      assert.deepEqual(answer, { status: 401, body: { detail: 'Incorrect authentication credentials' } });
    });
  }

  for (const [what, body] of [
    ['no password', { username: 'owner' }],
    ['a number for a password', { username: 'owner', password: 1 }],
    ['text that is not JSON', '{"username":'],
    ['null', 'null'],
  ] as const) {
    it(`answers 400 to ${what}`, async () => {
      const answer = await new TestClient(hub.url).request(path, { body, offContract: what });
      assert.equal(answer.status, 400);
    });
  }

  for (const scheme of ['JWT', 'Bearer']) {
    it(`takes a token as ${scheme}`, async () => {
      const headers = { authorization: `${scheme} ${await tokenOf(owner)}` };
      const answer = await new TestClient(hub.url).request('/v2/user/', { headers });
      assert.equal(answer.status, 200);
    });
  }

  const refusals: readonly (readonly [what: string, header: (token: string) => string])[] = [
    ['another scheme', (token) => `Basic ${token}`],
    ['no scheme', (token) => token],
    ['a changed signature', (token) => `JWT ${token.slice(0, -2)}xx`],
    ['another payload', (token) => `JWT ${token.replace(/\.[^.]+\./, '.e30.')}`],
    ['something else', () => 'JWT x'],
  ];
  for (const [what, header] of refusals) {
    it(`refuses a token with ${what}`, async () => {
      const headers = { authorization: header(await tokenOf(owner)) };
      const answer = await new TestClient(hub.url).request('/v2/user/', { headers });
      assert.equal(answer.status, 401);
    });
  }

  it('refuses a token in a header named Authentication', async () => {
    const headers = { authentication: `JWT ${await tokenOf(owner)}` };
    const answer = await new TestClient(hub.url).summary('team/app', '', { headers, offContract: 'header' });
    assert.equal(answer.status, 401);
  });

  it('refuses a token once it has expired', async () => {
    const client = new TestClient(hub.url, await tokenOf(owner));
    clock = new Date(now.getTime() + 59_999);
    assert.equal((await client.summary('team/app')).status, 200);
    clock = new Date(now.getTime() + 60_000);
    assert.equal((await client.summary('team/app')).status, 401);
  });

  it('refuses every token given out before they were revoked', async () => {
    const client = new TestClient(hub.url, await tokenOf(owner));
    hub.sandbox.tokens.revokeAll();
    assert.equal((await client.summary('team/app')).status, 401);
    const renewed = new TestClient(hub.url, await tokenOf(owner));
    assert.equal((await renewed.summary('team/app')).status, 200);
  });
});

describe('sandbox login with the four operations alone', () => {
  const hub = withSandbox(() => ({ world: smallWorld(), routes: 'seed' }));

  it('gives the reason in details', async () => {
    const answer = await new TestClient(hub.url).request(path, { body: { ...owner, password: 'wrong' } });
    assert.deepEqual(answer, { status: 401, body: { details: 'Incorrect authentication credentials' } });
  });
});
