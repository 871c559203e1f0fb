import assert from 'node:assert/strict';
import { createConnection } from '../../../src/connection/createConnection';
import type { HubConnection } from '../../../src/connection/hubConnection';
import { parseRepositoryRef } from '../../../src/hub/names';
import { digestOf, type OperationId, sandboxAccounts, SandboxWorld } from '../../../src/sandbox/index';
import { connectionOptions } from '../../support/connectionOptions';
import { withSandbox } from '../../support/sandbox';
import { carryOut, listed } from '../../support/todayHub';

const repository = parseRepositoryRef('demo/app');
const activeFrom = new Date(Date.now() - 30 * 24 * 3_600_000);
const now = () => new Date();
const old = new Date('2025-08-01T00:00:00Z');
const { username, accessTokens } = sandboxAccounts.demo;
const credentials = { username, password: accessTokens[0] };

/** 15 images with a tag each. */
function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  const app = world.addRepository('demo/app');
  for (let number = 1; number <= 15; number += 1) {
    app.push({ digest: digestOf(String(number)), tags: [`1.${number}`], at: old });
  }
  return world;
}

describe('a deletion on the registry path whose token ends in the middle', () => {
  const hub = withSandbox(() => ({ world: createWorld(), routes: 'today' }));
  let connection: HubConnection;
  let asked: number;

  beforeEach(async () => {
    asked = 0;
    connection = createConnection(
      connectionOptions(hub.url, {
        imageApi: 'registry',
        onUnauthenticated: () => {
          asked += 1;
          return Promise.resolve(false);
        },
      }),
    );
    await connection.session.signIn(credentials);
  });

  afterEach(() => {
    connection.dispose();
  });

  const count = (operation: OperationId, status?: number) =>
    hub.exchanges.filter(
      (exchange) => exchange.operation === operation && (status === undefined || exchange.status === status),
    ).length;

  /** Deletes 15 images, and counts what became of them. */
  async function deleteImages(): Promise<Readonly<Record<string, number>>> {
    const images = await listed(connection.images, repository, activeFrom);
    assert.equal(images.length, 15);
    const { flow } = await carryOut(connection.images, repository, images, { activeFrom, now });
    const counts: Record<string, number> = {};
    for (const outcome of flow.lastOutcomes.values()) {
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
    return counts;
  }

  for (const [what, on, end] of [
    ['that every token is revoked', 'DeleteTag', 'revoke'],
    ['that every token is revoked', 'DeleteRegistryManifest', 'revoke'],
    ['that the bearer token has expired', 'DeleteTag', 'expire'],
    ['that the registry token has expired', 'DeleteRegistryManifest', 'expire'],
  ] as const) {
    it(`renews it once and deletes all of 15 images, where the fifth ${on} finds ${what}`, async () => {
      hub.faults.add({
        on: { operation: on, nth: 5 },
        fault:
          end === 'revoke'
            ? { kind: 'before', change: () => hub.sandbox.tokens.revokeAll() }
            : { kind: 'status', status: 401, body: { detail: 'token is expired' } },
      });
      assert.deepEqual(await deleteImages(), { deleted: 15 });
      assert.ok(count('PostAuthToken') <= 2);
      assert.equal(count(on, 401), 1);
      assert.equal(asked, 0);
    });
  }

  it('sends no further deletion, and asks for a sign-in, where the access token is revoked, too', async () => {
    hub.faults.add({
      on: { operation: 'DeleteTag', nth: 5 },
      fault: { kind: 'before', change: () => hub.sandbox.tokens.revokeAll() },
    });
    hub.faults.add({
      on: { operation: 'PostAuthToken' },
      times: 'always',
      fault: { kind: 'status', status: 401, body: { detail: 'revoked' } },
    });
    assert.notEqual((await deleteImages())['deleted'], 15);
    assert.equal(count('DeleteTag'), 5);
    assert.equal(count('DeleteTag', 401), 1);
    assert.equal(count('PostAuthToken', 401), 1);
    assert.equal(asked, 2); // for the deletion, and for the list after it
  });
});
