import assert from 'node:assert/strict';
import { type ConnectionOptions, createConnection } from '../../../src/connection/createConnection';
import type { HubConnection } from '../../../src/connection/hubConnection';
import type { ImageApiKind } from '../../../src/hub/autoImageApi';
import { readInventory } from '../../../src/hub/listing/inventory';
import { parseRepositoryRef } from '../../../src/hub/names';
import type { Credentials } from '../../../src/hub/session/credentials';
import {
  demoCredentials,
  type OperationId,
  sandboxAccounts,
  type SandboxOptions,
  sandboxOrganisationTokens,
} from '../../../src/sandbox/index';
import { connectionOptions } from '../../support/connectionOptions';
import { rejectsWith } from '../../support/rejects';
import { withSandbox } from '../../support/sandbox';

const repository = parseRepositoryRef('acme/api');
const missing = parseRepositoryRef('acme/nothing-here');
const activeFrom = new Date(Date.now() - 30 * 24 * 3_600_000);
const firstPage = { page: 1, pageSize: 100, activeFrom };
const password: Credentials = sandboxAccounts.demo;
const accessToken: Credentials = {
  username: sandboxAccounts.demo.username,
  password: sandboxAccounts.demo.accessTokens[0],
};
const summary: OperationId = 'GetNamespacesRepositorieImagesSummary';
const images: OperationId = 'GetNamespacesRepositoriesImages';
const manifests: OperationId = 'GetManifests';

describe('createConnection', () => {
  let routes: NonNullable<SandboxOptions['routes']> = 'all';
  const hub = withSandbox(() => ({ routes }));
  const connections: HubConnection[] = [];

  afterEach(() => {
    connections.splice(0).forEach((connection) => {
      connection.dispose();
    });
  });

  async function connect(
    credentials: Credentials = accessToken,
    options: Partial<ConnectionOptions> = {},
  ): Promise<{ readonly connection: HubConnection; readonly chosen: readonly ImageApiKind[] }> {
    const chosen: ImageApiKind[] = [];
    const connection = createConnection(
      connectionOptions(hub.url, { onDidChooseImageApi: (kind) => chosen.push(kind), ...options }),
    );
    connections.push(connection);
    await connection.session.signIn(credentials);
    return { connection, chosen };
  }

  const asked = (operation: OperationId) =>
    hub.exchanges.filter((exchange) => exchange.operation === operation).length;

  /** Requests for what the server does not have. */
  const missed = () => hub.exchanges.filter(({ operation }) => operation === undefined).length;

  for (const imageApi of ['management', 'registry'] as const) {
    it(`may delete with what the demo signs in with: ${imageApi} API`, async () => {
      routes = 'all';
      const { connection } = await connect(demoCredentials, { imageApi });
      const { images } = await readInventory(connection.images, repository, { activeFrom, pageSize: 100 });
      const [image] = images;
      assert.ok(image);
      const answer = await connection.images.dryRun({ repository, digests: [image.digest], activeFrom });
      const blockers = answer.kind === 'refused' ? answer.blockers : [];
      assert.deepEqual(
        blockers.filter(({ error }) => error === 'unauthorized'),
        [],
      );
    });
  }

  describe('for an email address in the place of the user name', () => {
    before(() => {
      routes = 'today';
    });
    const { email, username } = sandboxAccounts.demo;
    const byEmail = (secret: string): Credentials => ({ username: email, password: secret });
    const users = () => hub.exchanges.filter(({ operation }) => operation === 'GetUser');

    for (const [what, secret] of [
      ['an access token', accessToken.password],
      ['a password', password.password],
    ] as const) {
      it(`asks the account for its user name, once, with ${what}`, async () => {
        const { connection } = await connect(byEmail(secret));
        assert.equal(await connection.session.username(), username);
        assert.equal(users().length, 1);
        assert.deepEqual(
          (await connection.directory.listNamespaces({ username, isOrganisation: false })).items.map(
            ({ name }) => name,
          ),
          ['demo', 'acme'],
        );
      });
    }

    it('opens the registry, which accepts the user name only', async () => {
      const { connection } = await connect(byEmail(accessToken.password));
      const page = await connection.images.listImages(repository, firstPage);
      assert.ok(page.count > 0);
      assert.ok(asked(manifests) > 0);
    });

    for (const [status, body] of [
      [401, { detail: 'no' }],
      [403, { detail: 'no' }],
      [404, { detail: 'no' }],
      [200, {}],
      [200, { username: '' }],
    ] as const) {
      it(`is refused where the account says ${status} ${JSON.stringify(body)}`, async () => {
        hub.faults.add({ on: { operation: 'GetUser' }, fault: { kind: 'status', status, body } });
        await rejectsWith('usernameUnknown', connect(byEmail(accessToken.password)));
        assert.equal(await connections[0]?.session.username(), undefined);
      });
    }

    it('is refused with the reason where the server does not answer for now, and not the next time', async () => {
      hub.faults.add({
        on: { operation: 'GetUser' },
        times: 4,
        fault: { kind: 'status', status: 503, headers: { 'retry-after': '0' }, body: {} },
      });
      const error = await rejectsWith('server', connect(byEmail(accessToken.password)));
      assert.equal(error.status, 503);
      assert.equal(await connections[0]?.session.username(), undefined);
      hub.faults.clear();
      const { connection } = await connect(byEmail(accessToken.password));
      assert.equal(await connection.session.username(), username);
    });
  });

  describe('on a Hub with the image-management API', () => {
    before(() => {
      routes = 'all';
    });

    it('uses it, and asks for nothing else to find out', async () => {
      const { connection, chosen } = await connect();
      assert.equal(connection.imageApiKind(), undefined);
      const page = await connection.images.listImages(repository, firstPage);
      assert.ok(page.count > 0);
      assert.equal(connection.imageApiKind(), 'management');
      assert.deepEqual(chosen, ['management']);
      assert.equal(asked(images), 1);
      assert.equal(asked(summary) + asked(manifests), 0);
    });

    it('finds out before a whole inventory is read', async () => {
      const { connection } = await connect();
      const inventory = await readInventory(connection.images, repository, { activeFrom, pageSize: 100 });
      assert.equal(connection.imageApiKind(), 'management');
      assert.ok(inventory.images.length > 0);
    });

    it('does not take a repository that is missing for an API that is', async () => {
      const { connection, chosen } = await connect();
      await rejectsWith('notFound', connection.images.getSummary(missing, {}));
      await rejectsWith('notFound', connection.images.listImages(missing, firstPage));
      assert.equal(connection.imageApiKind(), undefined);
      assert.deepEqual(chosen, []);
    });

    it('does not take one missing operation for a missing API', async () => {
      hub.faults.add({
        on: { operation: images },
        times: 'always',
        fault: { kind: 'status', status: 404, body: { message: '404: Page Not Found' } },
      });
      const { connection, chosen } = await connect();
      await rejectsWith('gone', connection.images.listImages(repository, firstPage));
      assert.deepEqual(chosen, []);
      assert.equal(asked(summary), 1);
    });

    it('knows nothing about the right to delete before a dry run', async () => {
      const { connection } = await connect();
      assert.equal(await connection.images.deletionRight?.(repository), 'unknown');
      await connection.images.getSummary(repository, {});
      assert.equal(await connection.images.deletionRight?.(repository), 'unknown');
      assert.equal(asked('GetRegistryToken'), 0);
    });

    it('uses the registry where the person has decided so', async () => {
      const { connection, chosen } = await connect(accessToken, { imageApi: 'registry' });
      assert.equal(connection.imageApiKind(), 'registry');
      const page = await connection.images.listImages(repository, firstPage);
      assert.ok(page.count > 0);
      assert.ok(asked(manifests) > 0);
      assert.equal(asked(images) + asked(summary), 0);
      assert.deepEqual(chosen, []);
    });
  });

  describe('on a Hub without it', () => {
    before(() => {
      routes = 'today';
    });

    it('asks once, and then uses the lists and the registry', async () => {
      const { connection, chosen } = await connect();
      const [page, counts] = await Promise.all([
        connection.images.listImages(repository, firstPage),
        connection.images.getSummary(repository, {}),
      ]);
      assert.equal(page.count, counts.total);
      assert.deepEqual(chosen, ['registry']);
      assert.equal(connection.imageApiKind(), 'registry');
      assert.equal(missed(), 3); // both of the first requests, and one to be sure
      await connection.images.getSummary(repository, {});
      assert.equal(missed(), 3);
    });

    it('tells how many images are deleted at a time once it uses the registry', async () => {
      const { connection } = await connect();
      assert.equal(connection.images.imagesAtOnce, undefined);
      await connection.images.getSummary(repository, {});
      assert.equal(connection.images.imagesAtOnce, 4);
    });

    it('stays with the image-management API where the person has decided so', async () => {
      const { connection } = await connect(accessToken, { imageApi: 'management' });
      await rejectsWith('gone', connection.images.getSummary(repository, {}));
      assert.equal(asked(manifests), 0);
    });

    it('checks a deletion with an access token', async () => {
      const { connection } = await connect();
      const { images: listed } = await connection.images.listImages(repository, firstPage);
      const unused = listed.filter(({ status, tags }) => status === 'inactive' && tags.length === 0);
      const digests = unused.slice(0, 1).map(({ digest }) => digest);
      assert.equal(digests.length, 1);
      await (await connection.images.neededReading?.(repository, digests))?.read({});
      const answer = await connection.images.dryRun({ repository, activeFrom, digests });
      assert.equal(answer.kind, 'completed');
    });

    const organization = (token: keyof typeof sandboxOrganisationTokens): Credentials => ({
      username: 'acme',
      password: sandboxOrganisationTokens[token].secret,
    });

    it('shows an organization its own namespace, and asks no route of users', async () => {
      const { connection } = await connect(organization('acme'));
      const account = await connection.session.account();
      assert.ok(account);
      assert.deepEqual(await connection.directory.listNamespaces(account), {
        items: [{ name: 'acme', origin: 'organization' }],
        unread: [],
      });
      assert.deepEqual(
        hub.exchanges.map(({ operation }) => operation),
        ['PostAuthToken'],
      );
    });

    it('reads and checks a deletion with the access token of an organization', async () => {
      const { connection } = await connect(organization('acme'));
      const { images: listed } = await connection.images.listImages(repository, firstPage);
      const unused = listed.filter(({ status, tags }) => status === 'inactive' && tags.length === 0);
      const digests = unused.slice(0, 1).map(({ digest }) => digest);
      assert.equal(digests.length, 1);
      await (await connection.images.neededReading?.(repository, digests))?.read({});
      const answer = await connection.images.dryRun({ repository, activeFrom, digests });
      assert.equal(answer.kind, 'completed');
      assert.ok(hub.exchanges.every(({ status }) => status !== 403));
    });

    it('finds that the access token of an organization may not delete', async () => {
      const { connection } = await connect(organization('acmeReadOnly'));
      const { images: listed } = await connection.images.listImages(repository, firstPage);
      const digests = listed.slice(0, 1).map(({ digest }) => digest);
      const answer = await connection.images.dryRun({ repository, activeFrom, digests });
      assert.deepEqual(answer.kind === 'refused' && answer.blockers.map(({ error }) => error), [
        'unauthorized',
      ]);
      assert.equal(answer.kind === 'refused' && answer.blockers[0]?.isTokenLacking, true);
      assert.equal(await connection.images.deletionRight?.(repository), 'organizationToken');
      assert.equal(asked('GetRegistryToken'), 1);
    });

    it('knows without a request that deleting needs an access token', async () => {
      const { connection } = await connect(password);
      await connection.images.listImages(repository, firstPage);
      const before = hub.exchanges.length;
      assert.equal(await connection.images.deletionRight?.(repository), 'accessTokenNeeded');
      assert.equal(hub.exchanges.length, before);
    });

    it('needs an access token for a dry run, and says so', async () => {
      const { connection } = await connect(password);
      const { images: listed } = await connection.images.listImages(repository, firstPage);
      const digests = listed.slice(-1).map(({ digest }) => digest);
      await rejectsWith('accessTokenNeeded', connection.images.dryRun({ repository, activeFrom, digests }));
    });
  });
});
