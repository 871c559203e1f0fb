import assert from 'node:assert/strict';
import { HubDirectory } from '../../../src/hub/directory';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import { createTestClient } from '../../support/hubHttp';
import { rejectsWith } from '../../support/rejects';
import { withSandbox } from '../../support/sandbox';
import { json, raw, withScriptedServer, type Script } from '../../support/scriptedServer';

const acme = parseNamespaceName('acme');

const listAll = (directory: HubDirectory, namespace = acme) => directory.listRepositories(namespace);

describe('HubDirectory, on the sandbox', () => {
  const hub = withSandbox();
  const createDirectory = () => {
    const token = hub.sandbox.tokens.issue('demo');
    return new HubDirectory(createTestClient(hub.url, { accessToken: () => Promise.resolve(token) }).http);
  };

  it("lists the account's own namespace first, then its organisations", async () => {
    assert.deepEqual(await createDirectory().listNamespaces({ username: 'demo', isOrganisation: false }), [
      { name: 'demo', origin: 'own' },
      { name: 'acme', origin: 'organisation' },
    ]);
    assert.equal(hub.exchanges.length, 1);
  });

  it('asks for the organisations where the first route is gone', async () => {
    hub.faults.add({
      on: { operation: 'GetOwnNamespaces' },
      fault: { kind: 'status', status: 404, body: { message: '404: Page Not Found' } },
    });
    const namespaces = await createDirectory().listNamespaces({ username: 'demo', isOrganisation: false });
    assert.deepEqual(
      namespaces.map(({ name }) => name),
      ['demo', 'acme'],
    );
  });

  it('lists repositories by name, with who may see them', async () => {
    const repositories = await listAll(createDirectory());
    assert.deepEqual(
      repositories.map(({ name, isPrivate }) => [name, isPrivate]),
      [
        ['api', false],
        ['billing', true],
        ['gateway', false],
        ['nightly', false],
      ],
    );
    assert.ok(repositories.every(({ namespace }) => namespace === 'acme'));
  });

  it('lists a namespace of several pages completely, each page once', async () => {
    for (let index = 0; index < 250; index += 1) {
      hub.world.addRepository(`demo/many-${String(index).padStart(3, '0')}`);
    }
    const repositories = await listAll(createDirectory(), parseNamespaceName('demo'));
    assert.equal(repositories.length, hub.world.findNamespace('demo')?.repositories.size);
    assert.deepEqual(
      repositories.map(({ name }) => String(name)),
      repositories.map(({ name }) => String(name)).sort(),
    );
    assert.equal(hub.exchanges.length, 3);
    assert.ok(
      hub.exchanges.every(({ query }) => query['page_size'] === '100' && query['ordering'] === 'name'),
    );
  });

  it('reads the repositories again when one is added meanwhile, until two readings agree', async () => {
    for (let index = 0; index < 250; index += 1) {
      hub.world.addRepository(`demo/many-${String(index).padStart(3, '0')}`);
    }
    hub.faults.add({
      on: { operation: 'GetNamespaceRepositories', nth: 3 },
      fault: { kind: 'before', change: (world) => void world.addRepository('demo/added-meanwhile') },
    });
    const reported: string[] = [];
    const token = hub.sandbox.tokens.issue('demo');
    const { http } = createTestClient(hub.url, { accessToken: () => Promise.resolve(token) });
    const directory = new HubDirectory(http, (number, { reason }) =>
      reported.push(`${number}: ${String(reason)}`),
    );
    const names = (await listAll(directory, parseNamespaceName('demo'))).map(({ name }) => String(name));
    assert.ok(names.includes('added-meanwhile'));
    assert.equal(new Set(names).size, hub.world.findNamespace('demo')?.repositories.size);
    assert.equal(hub.exchanges.length, 3 * 3);
    assert.equal(reported.length, 2);
    assert.match(reported[0] ?? '', /^2: count: was \d+, is \d+ on page \d$/);
  });

  it('gives up a list of repositories that goes on contradicting itself, after five readings', async () => {
    hub.faults.add({
      on: { operation: 'GetNamespaceRepositories' },
      times: 'always',
      fault: {
        kind: 'transformBody',
        transform: (body) => ({ ...(body as object), count: 5 }), // of 4
      },
    });
    const error = await rejectsWith('protocol', listAll(createDirectory()));
    assert.equal(error.reason, 'results: page 1 has 4 entries instead of 5');
    assert.equal(hub.exchanges.length, 5);
  });

  it('finds no repositories in a namespace that does not exist', async () => {
    assert.deepEqual(await listAll(createDirectory(), parseNamespaceName('nobody')), []);
  });

  it('tells whether a single repository is private', async () => {
    const directory = createDirectory();
    assert.equal((await directory.getRepository(parseRepositoryRef('acme/billing'))).isPrivate, true);
    assert.equal((await directory.getRepository(parseRepositoryRef('acme/api'))).isPrivate, false);
    await rejectsWith('notFound', directory.getRepository(parseRepositoryRef('acme/none')));
  });
});

describe('HubDirectory, on a server that offers the seed operations only', () => {
  const hub = withSandbox(() => ({ routes: 'seed' }));

  it('knows nothing but the own namespace', async () => {
    const directory = new HubDirectory(createTestClient(hub.url).http);
    assert.deepEqual(await directory.listNamespaces({ username: 'Demo', isOrganisation: false }), [
      { name: 'demo', origin: 'own' },
    ]);
  });

  it('says that repositories cannot be listed', async () => {
    await rejectsWith('gone', listAll(new HubDirectory(createTestClient(hub.url).http)));
  });
});

describe('HubDirectory', () => {
  const server = withScriptedServer();
  const directory = () => new HubDirectory(createTestClient(server.url).http);
  const names = async () =>
    (await directory().listNamespaces({ username: 'me', isOrganisation: false })).map(({ name }) =>
      String(name),
    );

  for (const [rule, script] of [
    ['404 with a page', raw(404, '<html></html>')],
    ['405', json(405, {})],
    ['501', json(501, {})],
  ] satisfies [string, Script][]) {
    it(`takes ${rule} for a route that is not offered`, async () => {
      server.answer(script);
      assert.deepEqual(await names(), ['me']);
      assert.equal(server.requests.length, 2);
    });
  }

  it('tries the second route where the first is closed to the token', async () => {
    const orgs = { count: 1, next: null, previous: null, results: [{ orgname: 'team', id: 'x' }] };
    server.answer(json(403, { message: 'access is forbidden' }), json(200, orgs));
    assert.deepEqual(await names(), ['me', 'team']);
    assert.deepEqual(
      server.requests.map(({ path, query }) => `${path}?${query.toString()}`),
      ['/v2/repositories/namespaces?page_size=100', '/v2/user/orgs/?page=1&page_size=100'],
    );
  });

  it('throws where the second is closed too, rather than hide organisations', async () => {
    server.answer(json(404, {}), json(403, { message: 'access is forbidden' }));
    await rejectsWith('forbidden', names());
  });

  it('throws any other failure', async () => {
    server.answer(json(500, {}));
    await rejectsWith('server', names());
  });

  it('reads further pages of namespaces', async () => {
    server.answer(
      json(200, { namespaces: ['me', 'b'], next: '/v2/repositories/namespaces?page=2&page_size=100' }),
      json(200, { namespaces: ['a'] }),
    );
    assert.deepEqual(await names(), ['me', 'a', 'b']);
    assert.equal(server.requests[1]?.query.get('page'), '2');
  });

  for (const next of ['https://evil.example.com/?page=2', '/v2/repositories/namespaces?page=1']) {
    it(`refuses a next link ${next}`, async () => {
      server.answer(json(200, { namespaces: ['b'], next }));
      await rejectsWith('protocol', names());
      assert.equal(server.requests.length, 1);
    });
  }

  it('leaves out plugins, and does not know what the server does not say', async () => {
    const results = [
      { name: 'one', repository_type: 'image', is_private: true },
      { name: 'two', repository_type: 'plugin', is_private: false },
      { name: 'three', repository_type: null, is_private: null },
      { name: 'four' },
    ];
    server.answer(json(200, { count: 4, next: null, previous: null, results }));
    const repositories = await listAll(directory());
    assert.deepEqual(
      repositories.map(({ name, isPrivate }) => [name, isPrivate]),
      [
        ['one', true],
        ['three', undefined],
        ['four', undefined],
      ],
    );
  });

  for (const name of [
    '../x',
    'api\u202E',
    '\u0430pi',
    '[api](command:workbench.action.quit)',
    '$(trash)',
    '<b>',
  ]) {
    it(`refuses ${JSON.stringify(name)}, which is no name, and does not repeat it`, async () => {
      server.answer(json(200, { count: 1, next: null, previous: null, results: [{ name }] }));
      const error = await rejectsWith('protocol', listAll(directory()));
      assert.equal(error.reason, 'results[0].name: expected the name of a repository');
      server.answer(json(200, { namespaces: [name] }));
      const another = await rejectsWith('protocol', names());
      assert.equal(another.reason, 'namespaces[0]: expected the name of a namespace');
    });
  }
});
