import assert from 'node:assert/strict';
import { HubDirectory } from '../../../src/hub/directory';
import type { Repository } from '../../../src/hub/model';
import { parseListedNamespaceName, parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import { createTestClient } from '../../support/hubHttp';
import { rejectsWith } from '../../support/rejects';
import { withSandbox } from '../../support/sandbox';
import { json, raw, withScriptedServer, type Script } from '../../support/scriptedServer';

const acme = parseNamespaceName('acme');

const listAll = (directory: HubDirectory, namespace = acme) => directory.listRepositories(namespace);

/** The repositories of a list in which everything could be read. */
async function listReadable(...args: Parameters<typeof listAll>): Promise<readonly Repository[]> {
  const { items, unread } = await listAll(...args);
  assert.deepEqual(unread, []);
  return items;
}

describe('HubDirectory, on the sandbox', () => {
  const hub = withSandbox();
  const createDirectory = () => {
    const token = hub.sandbox.tokens.issue('demo');
    return new HubDirectory(createTestClient(hub.url, { accessToken: () => Promise.resolve(token) }).http);
  };

  it("lists the account's own namespace first, then its organizations", async () => {
    assert.deepEqual(await createDirectory().listNamespaces({ username: 'demo', isOrganisation: false }), {
      items: [
        { name: 'demo', origin: 'own' },
        { name: 'acme', origin: 'organization' },
      ],
      unread: [],
    });
    assert.equal(hub.exchanges.length, 2);
  });

  it('lists an organization of which the account is only a member (row 13)', async () => {
    hub.world.addOrganisation('team', { demo: 'read' });
    const { items } = await createDirectory().listNamespaces({ username: 'demo', isOrganisation: false });
    assert.deepEqual(
      items.map(({ name }) => name),
      ['demo', 'acme', 'team'],
    );
    const own = hub.exchanges.find(({ path }) => path === '/v2/repositories/namespaces');
    assert.ok(!JSON.stringify(own?.responseBody).includes('team'));
  });

  it('asks for the organizations where the first route is gone', async () => {
    hub.faults.add({
      on: { operation: 'GetOwnNamespaces' },
      fault: { kind: 'status', status: 404, body: { message: '404: Page Not Found' } },
    });
    const { items } = await createDirectory().listNamespaces({ username: 'demo', isOrganisation: false });
    assert.deepEqual(
      items.map(({ name }) => name),
      ['demo', 'acme'],
    );
  });

  it('lists repositories by name, with who may see them', async () => {
    const repositories = await listReadable(createDirectory());
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

  it('reports as storage what the sizes of all images add up to, also after some are deleted', async () => {
    const stored = async () => {
      const [api] = await listReadable(createDirectory());
      const images = [...(hub.world.findRepository('acme', 'api')?.manifests ?? [])];
      const sum = images.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
      assert.equal(api?.storageBytes, sum);
      return sum;
    };
    const before = await stored();
    const api = hub.world.findRepository('acme', 'api');
    const [first] = api?.manifests ?? [];
    assert.ok(first !== undefined);
    api?.remove([first.digest]);
    assert.equal(await stored(), before - first.sizeBytes);
  });

  it('lists a namespace of several pages completely, each page once', async () => {
    for (let index = 0; index < 250; index += 1) {
      hub.world.addRepository(`demo/many-${String(index).padStart(3, '0')}`);
    }
    const repositories = await listReadable(createDirectory(), parseNamespaceName('demo'));
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
    const names = (await listReadable(directory, parseNamespaceName('demo'))).map(({ name }) => String(name));
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
    assert.equal(error.reason, 'count: is 5, but the pages have 4');
    assert.equal(hub.exchanges.length, 5);
  });

  it('finds no repositories in a namespace that does not exist', async () => {
    assert.deepEqual(await listReadable(createDirectory(), parseNamespaceName('nobody')), []);
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
    assert.deepEqual(await directory.listNamespaces({ username: 'Demo', isOrganisation: false }), {
      items: [{ name: 'demo', origin: 'own' }],
      unread: [],
    });
  });

  it('says that repositories cannot be listed', async () => {
    await rejectsWith('gone', listAll(new HubDirectory(createTestClient(hub.url).http)));
  });
});

describe('HubDirectory', () => {
  const server = withScriptedServer();
  const directory = () => new HubDirectory(createTestClient(server.url).http);
  const listNames = async () => {
    const { items, unread } = await directory().listNamespaces({ username: 'me', isOrganisation: false });
    return { names: items.map(({ name }) => String(name)), unread };
  };
  /** The names of a list in which everything could be read. */
  const names = async () => {
    const listed = await listNames();
    assert.deepEqual(listed.unread, []);
    return listed.names;
  };
  const namespacesPage = (namespaces: readonly unknown[], nextPage?: number) =>
    json(200, {
      namespaces,
      next: nextPage === undefined ? null : `/v2/repositories/namespaces?page=${nextPage}&page_size=100`,
    });
  const page = (results: readonly unknown[], facts: object = {}) =>
    json(200, { count: results.length, next: null, previous: null, results, ...facts });
  /** Answers the two routes for namespaces, each in its own way. */
  const answerRoutes = (own: Script, organizations: Script) => {
    server.answer((request, response) => {
      (request.path === '/v2/user/orgs/' ? organizations : own)(request, response);
    });
  };
  /** Answers the requests for own namespaces one after the other; there is no route for organizations. */
  const answerOwn = (...scripts: readonly [Script, ...Script[]]) => {
    const left = [...scripts];
    answerRoutes(
      (request, response) => {
        const [script] = left;
        (left.length > 1 ? left.shift() : script)?.(request, response);
      },
      json(404, {}),
    );
  };
  const ownRequests = () => server.requests.filter(({ path }) => path === '/v2/repositories/namespaces');
  const missing = json(404, { message: 'object not found' });
  /** Names of this number of namespaces or repositories. */
  const many = (count: number, first = 0) =>
    Array.from({ length: count }, (_, index) => `n${String(first + index).padStart(4, '0')}`);
  const repositoriesOf = (all: readonly string[]) => all.map((name) => ({ name }));

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

  it('takes the second route where the first is closed to the token', async () => {
    const orgs = { count: 1, next: null, previous: null, results: [{ orgname: 'team', id: 'x' }] };
    answerRoutes(json(403, { message: 'access is forbidden' }), json(200, orgs));
    assert.deepEqual(await names(), ['me', 'team']);
    assert.deepEqual(server.requests.map(({ path, query }) => `${path}?${query.toString()}`).sort(), [
      '/v2/repositories/namespaces?page_size=100',
      '/v2/user/orgs/?page=1&page_size=100',
    ]);
  });

  it('throws where the second is closed too, rather than hide organizations', async () => {
    answerRoutes(json(404, {}), json(403, { message: 'access is forbidden' }));
    await rejectsWith('forbidden', names());
  });

  it('throws any other failure', async () => {
    server.answer(json(500, {}));
    await rejectsWith('server', names());
  });

  it('reads further pages of namespaces', async () => {
    answerOwn(
      json(200, { namespaces: ['me', 'b'], next: '/v2/repositories/namespaces?page=2&page_size=100' }),
      json(200, { namespaces: ['a'] }),
    );
    assert.deepEqual(await names(), ['me', 'a', 'b']);
    assert.equal(ownRequests()[1]?.query.get('page'), '2');
  });

  for (const next of ['https://evil.example.com/?page=2', '/v2/repositories/namespaces?page=1']) {
    it(`refuses a next link ${next}`, async () => {
      answerOwn(json(200, { namespaces: ['b'], next }));
      await rejectsWith('protocol', names());
      assert.equal(ownRequests().length, 1);
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
    const repositories = await listReadable(directory());
    assert.deepEqual(
      repositories.map(({ name, isPrivate }) => [name, isPrivate]),
      [
        ['one', true],
        ['three', undefined],
        ['four', undefined],
      ],
    );
  });

  for (const [storage, expected] of [
    [0, 0],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [null, undefined],
    [undefined, undefined],
    [-1, undefined],
    [1.5, undefined],
    ['48000000', undefined],
    [{}, undefined],
  ] as const) {
    it(`reads a storage of ${JSON.stringify(storage)} as ${expected ?? 'unknown'}`, async () => {
      server.answer(page([{ name: 'one', storage_size: storage }]));
      const [repository] = await listReadable(directory());
      assert.ok(repository !== undefined);
      assert.equal(repository.storageBytes, expected);
      assert.equal('storageBytes' in repository, expected !== undefined);
    });
  }

  it('reads when a repository was last updated and how often it was pulled, as far as that can be read', async () => {
    const zero = '0001-01-01T00:00:00Z';
    server.answer(
      page([
        { name: 'one', last_updated: '2026-03-30T12:00:00.000000Z', pull_count: 12_345 },
        { name: 'two', last_updated: zero, pull_count: null },
        { name: 'three', last_updated: 'yesterday', pull_count: 'many' },
        { name: 'four' },
      ]),
    );
    const known = (await listReadable(directory())).map(({ lastUpdated, pullCount }) => [
      lastUpdated?.toISOString(),
      pullCount,
    ]);
    assert.deepEqual(known, [
      ['2026-03-30T12:00:00.000Z', 12_345],
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  describe('where the server ends a list in its own way', () => {
    const nextPage = '/v2/namespaces/acme/repositories?page=2';
    const listedNames = async () => {
      const { items, unread } = await listAll(directory());
      return { names: items.map(({ name }) => String(name)), unread };
    };

    for (const [rule, answer] of [
      ['does not exist', missing],
      ['has no route', raw(404, '<html></html>')],
      ['is empty', page([], { count: 3 })],
    ] satisfies [string, Script][]) {
      it(`lists a namespace of one short page whose next link ${rule}`, async () => {
        server.answer(page(repositoriesOf(many(3)), { next: nextPage }), answer);
        assert.deepEqual(await listedNames(), { names: many(3), unread: [] });
        assert.equal(server.requests.length, 2);
      });
    }

    it('says how many repositories are missing when a short page ends the list before its count', async () => {
      server.answer(page(repositoriesOf(many(3)), { count: 5, next: nextPage }), missing);
      assert.deepEqual(await listedNames(), {
        names: many(3),
        unread: [{ position: 3, count: 2, reason: 'next: page 2 does not exist, but the count is 5' }],
      });
    });

    it('reads the list again after a full page whose next page does not exist, then gives up', async () => {
      server.answer((request, response) => {
        const first = page(repositoriesOf(many(100)), { count: 100, next: nextPage });
        (request.query.get('page') === '1' ? first : missing)(request, response);
      });
      const error = await rejectsWith('protocol', listAll(directory()));
      assert.equal(error.reason, 'next: page 2 does not exist');
      assert.equal(server.requests.length, 5 * 2);
    });

    it('keeps the namespaces of a short page whose next page does not exist', async () => {
      answerOwn(namespacesPage(['me', 'b'], 2), missing);
      assert.deepEqual(await names(), ['me', 'b']);
      assert.equal(ownRequests().length, 2);
    });

    for (const [status, reason] of [
      [404, 'next: page 2 could not be read: notFound'],
      [403, 'next: page 2 could not be read: forbidden'],
    ] as const) {
      it(`keeps the namespaces of a full page whose next page answers ${status}, and says so`, async () => {
        answerOwn(namespacesPage(many(100), 2), json(status, { message: 'no' }));
        assert.deepEqual(await listNames(), {
          names: ['me', ...many(100)],
          unread: [{ position: 100, count: undefined, reason }],
        });
        assert.equal(ownRequests().length, 2);
      });
    }

    it('says that a short page of namespaces may not be the last when the next one is forbidden', async () => {
      answerOwn(namespacesPage(['b'], 2), json(403, { message: 'no' }));
      assert.deepEqual((await listNames()).unread, [
        { position: 1, count: undefined, reason: 'next: page 2 could not be read: forbidden' },
      ]);
    });

    it('does not keep half of the namespaces when a page fails for another reason', async () => {
      answerOwn(namespacesPage(many(100), 2), json(500, {}));
      await rejectsWith('server', names());
    });

    it('says that organizations are missing when a later page of them is denied', async () => {
      const organizations = many(100).map((orgname) => ({ orgname }));
      server.answer((request, response) => {
        const first = page(organizations, { count: 150, next: '/v2/user/orgs/?page=2' });
        const isFirst = request.path === '/v2/user/orgs/' && request.query.get('page') === '1';
        (isFirst ? first : missing)(request, response);
      });
      await rejectsWith('protocol', names());
    });
  });

  describe('where a list of namespaces never ends', () => {
    const cases: [rule: string, namespaces: (page: number) => readonly unknown[], requests: number][] = [
      ['repeats its only page', () => ['me', 'b'], 2],
      ['repeats pages in turn', (number) => [number % 2 === 0 ? 'b' : 'c'], 3],
      ['repeats names that cannot be read', () => [null], 2],
    ];
    for (const [rule, namespacesOf, requests] of cases) {
      it(`stops and says so when it ${rule}`, async () => {
        answerOwn((request, response) => {
          const number = Number(request.query.get('page') ?? 1);
          namespacesPage(namespacesOf(number), number + 1)(request, response);
        });
        const { names: found, unread } = await listNames();
        assert.ok(found.includes('me'));
        assert.match(unread.at(-1)?.reason ?? '', /^next: page \d links to another page/);
        assert.equal(unread.at(-1)?.count, undefined);
        assert.equal(ownRequests().length, requests);
      });
    }

    it('takes an empty page for the end', async () => {
      answerOwn(namespacesPage(['b'], 2), namespacesPage([], 3));
      assert.deepEqual(await names(), ['me', 'b']);
      assert.equal(ownRequests().length, 2);
    });

    it('reads on after a page without a single name that can be read', async () => {
      answerOwn(namespacesPage([null], 2), namespacesPage(['', 'b']));
      assert.deepEqual(await listNames(), {
        names: ['me', 'b'],
        unread: [
          { position: 0, count: 1, reason: 'expected the name of a namespace' },
          { position: 1, count: 1, reason: 'expected the name of a namespace' },
        ],
      });
    });
  });

  describe('where an organization is listed by one route only (row 13)', () => {
    const orgs = (...names: readonly string[]) => page(names.map((orgname) => ({ orgname })));
    const cases: readonly (readonly [rule: string, own: Script, organizations: Script, names: string[]])[] = [
      ['of a member who owns nothing else', namespacesPage(['me']), orgs('team'), ['me', 'team']],
      ['of an owner', namespacesPage(['me', 'mine']), orgs(), ['me', 'mine']],
      ['of both kinds', namespacesPage(['me', 'mine']), orgs('team'), ['me', 'mine', 'team']],
      ['in both lists', namespacesPage(['me', 'mine']), orgs('team', 'mine'), ['me', 'mine', 'team']],
      ['where the own route is empty', namespacesPage([]), orgs('team'), ['me', 'team']],
    ];
    for (const [rule, own, organizations, expected] of cases)
      it(`joins both: ${rule}`, async () => {
        answerRoutes(own, organizations);
        assert.deepEqual(await names(), expected);
      });

    for (const [status, kind] of [
      [403, 'forbidden'],
      [500, 'server'],
      [400, 'rejected'],
    ] as const)
      it(`keeps the own namespaces where the organizations answer ${status}, and says that some may be missing`, async () => {
        answerRoutes(namespacesPage(['mine']), json(status, {}));
        const reason = `/v2/user/orgs/ could not be read: ${kind}`;
        assert.deepEqual(await listNames(), {
          names: ['me', 'mine'],
          unread: [{ position: 1, count: undefined, reason }],
        });
      });

    it('keeps the organizations where the own namespaces fail, and says that some may be missing', async () => {
      answerRoutes(json(500, {}), orgs('team'));
      const reason = '/v2/repositories/namespaces could not be read: server';
      assert.deepEqual(await listNames(), {
        names: ['me', 'team'],
        unread: [{ position: 1, count: undefined, reason }],
      });
    });

    it('does not keep half of the list after a rejected sign-in', async () => {
      answerRoutes(namespacesPage(['mine']), json(401, {}));
      await rejectsWith('unauthenticated', names());
    });
  });

  describe('where a name is outside the documented grammar (row 11)', () => {
    const odd = ['old-', 'Legacy', 'a..b', '_x', '-x', '...'];

    it('lists a repository with it like any other', async () => {
      server.answer(page(repositoriesOf(odd)));
      assert.deepEqual(
        (await listReadable(directory())).map(({ name }) => String(name)),
        odd,
      );
    });

    it('lists a namespace with it like any other', async () => {
      answerOwn(namespacesPage(odd));
      assert.deepEqual(await names(), ['me', ...[...odd].sort()]);
    });

    it('lists an organization with it like any other', async () => {
      answerRoutes(json(404, {}), page(odd.map((orgname) => ({ orgname }))));
      assert.deepEqual(await names(), ['me', ...[...odd].sort()]);
    });

    for (const namespace of odd)
      it(`reads the repositories of ${namespace}`, async () => {
        server.answer(page(repositoriesOf(['one'])));
        const { items } = await listAll(directory(), parseListedNamespaceName(namespace));
        assert.equal(items.length, 1);
        assert.equal(server.requests[0]?.path, `/v2/namespaces/${namespace}/repositories`);
      });

    for (const username of ['me@example.com', 'two words', ''])
      it(`lists the organizations of the user ${JSON.stringify(username)}, who names no namespace`, async () => {
        answerOwn(namespacesPage(['team']));
        const { items } = await directory().listNamespaces({ username, isOrganisation: false });
        assert.deepEqual(items, [{ name: 'team', origin: 'organization' }]);
      });

    it('lists the namespace of a user name outside the grammar', async () => {
      answerOwn(namespacesPage([]));
      const { items } = await directory().listNamespaces({ username: 'old-', isOrganisation: false });
      assert.deepEqual(items, [{ name: 'old-', origin: 'own' }]);
    });
  });

  describe('where a name cannot be used in a path', () => {
    const unusable: readonly unknown[] = [
      '.',
      '..',
      '',
      null,
      7,
      {},
      '../x',
      'a/b',
      'api\u202E',
      '\u0430pi',
      '[api](command:workbench.action.quit)',
      '$(trash)',
      '<b>',
      'x'.repeat(256),
    ];
    for (const name of unusable) {
      const title = JSON.stringify(name).slice(0, 40);

      it(`lists the other repositories beside ${title}, and does not repeat it`, async () => {
        server.answer(page([{ name: 'one' }, { name }, { name: 'two' }]));
        const { items, unread } = await listAll(directory());
        assert.deepEqual(
          items.map((repository) => String(repository.name)),
          ['one', 'two'],
        );
        assert.deepEqual(unread, [
          { position: 1, count: 1, reason: 'name: expected the name of a repository' },
        ]);
      });

      it(`lists the other namespaces beside ${title}, and does not repeat it`, async () => {
        answerOwn(namespacesPage(['one', name, 'two']));
        assert.deepEqual(await listNames(), {
          names: ['me', 'one', 'two'],
          unread: [{ position: 1, count: 1, reason: 'expected the name of a namespace' }],
        });
      });

      it(`lists the other organizations beside ${title}, and does not repeat it`, async () => {
        answerRoutes(json(404, {}), page([{ orgname: name }, { orgname: 'team' }]));
        assert.deepEqual(await listNames(), {
          names: ['me', 'team'],
          unread: [{ position: 0, count: 1, reason: 'orgname: expected the name of a namespace' }],
        });
      });
    }

    it('keeps the others when an entry is none at all, or lacks its name', async () => {
      server.answer(page([null, 'text', {}, { name: 'one' }, { name: 'two', is_private: 'yes' }]));
      const { items, unread } = await listAll(directory());
      assert.deepEqual(
        items.map(({ name }) => String(name)),
        ['one'],
      );
      assert.deepEqual(
        unread.map(({ position, reason }) => `${position} ${reason}`),
        [
          '0 expected an object',
          '1 expected an object',
          '2 name: missing',
          '4 is_private: expected true or false',
        ],
      );
    });

    it('counts positions over all pages', async () => {
      const all: readonly unknown[] = [...repositoriesOf(many(150)), { name: '..' }];
      server.answer((request, response) => {
        const number = Number(request.query.get('page'));
        const results = all.slice((number - 1) * 100, number * 100);
        const next = number === 1 ? '/v2/namespaces/acme/repositories?page=2' : null;
        page(results, { count: 151, next })(request, response);
      });
      const { items, unread } = await listAll(directory());
      assert.equal(items.length, 150);
      assert.deepEqual(
        unread.map(({ position }) => position),
        [150],
      );
    });
  });

  for (const [body, reason] of [
    [{ count: 1, results: null }, 'results: expected a list'],
    [{ count: 1, results: { name: 'one' } }, 'results: expected a list'],
    [{ results: [] }, 'count: missing'],
  ] as const) {
    it(`refuses a list of repositories that is none: ${JSON.stringify(body)}`, async () => {
      server.answer(json(200, body));
      assert.equal((await rejectsWith('protocol', listAll(directory()))).reason, reason);
    });
  }

  for (const [body, reason] of [
    [{ namespaces: null }, 'namespaces: expected a list'],
    [{}, 'namespaces: missing'],
    [{ namespaces: 'me' }, 'namespaces: expected a list'],
  ] as const) {
    it(`refuses a list of namespaces that is none: ${JSON.stringify(body)}`, async () => {
      server.answer(json(200, body));
      assert.equal((await rejectsWith('protocol', names())).reason, reason);
    });
  }
});
