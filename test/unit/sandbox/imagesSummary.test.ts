import assert from 'node:assert/strict';
import { withSandbox } from '../../support/sandbox';
import { signIn, TestClient } from './client';
import { daysAgo, free, now, outsider, owner, smallWorld } from './smallWorld';

describe('sandbox images-summary', () => {
  const hub = withSandbox(() => ({ world: smallWorld(), now: () => now }));

  it('counts against one calendar month before now, written with nine digits', async () => {
    const client = await signIn(hub.url, owner);
    assert.deepEqual(await client.summary('team/app'), {
      status: 200,
      body: {
        active_from: '2026-02-28T12:00:00.000000000Z',
        statistics: { total: 4, active: 1, inactive: 3 },
      },
    });
  });

  const windows: readonly (readonly [days: number, active: number])[] = [
    [1, 0],
    [2, 1], // activity at the very instant is active
    [59, 1],
    [60, 2],
    [365, 3], // unknown times are never active
  ];
  for (const [days, active] of windows) {
    it(`counts ${active} active since ${days} days ago`, async () => {
      const client = await signIn(hub.url, owner);
      const { body } = await client.summary('team/app', `?active_from=${daysAgo(days).toISOString()}`);
      assert.deepEqual(body.statistics, { total: 4, active, inactive: 4 - active });
    });
  }

  it('is allowed on a free plan', async () => {
    const client = await signIn(hub.url, free);
    assert.equal((await client.summary('free/own')).status, 200);
  });

  it('needs read access to the namespace, and does not tell whether it exists', async () => {
    const client = await signIn(hub.url, outsider);
    for (const repository of ['team/app', 'team/absent', 'absent/app']) {
      assert.equal((await client.summary(repository)).status, 401, repository);
    }
  });

  it('needs a token', async () => {
    const answer = await new TestClient(hub.url).summary('team/app', '', { offContract: 'no token' });
    assert.equal(answer.status, 401);
  });

  it('does not know a repository that is not there', async () => {
    const client = await signIn(hub.url, owner);
    const body = { message: 'object not found', errinfo: {} };
    assert.deepEqual(await client.summary('team/absent'), { status: 404, body });
  });

  it('refuses an active_from that is no time', async () => {
    const client = await signIn(hub.url, owner);
    const offContract = 'active_from is no time';
    assert.equal((await client.summary('team/app', '?active_from=today', { offContract })).status, 400);
  });
});
