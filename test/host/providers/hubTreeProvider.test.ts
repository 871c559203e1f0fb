import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { contextKeys } from '../../../src/contributions';
import { currentTags, type Image } from '../../../src/hub/model';
import { parseNamespaceName, parseRepositoryRef } from '../../../src/hub/names';
import type { MessageNode, Node } from '../../../src/providers/nodes';
import { viewDescription } from '../../../src/providers/texts/view';
import { FakeReferenceSource, nothingOpen, referenceAt } from '../../support/foundReferences';
import { HubTreeFixture, until, type TreeSetting } from '../../support/hubTree';
import { withSandbox } from '../../support/sandbox';

const api = parseRepositoryRef('acme/api');
const nightly = parseRepositoryRef('acme/nightly');
const summary = 'GetNamespacesRepositorieImagesSummary';
const images = 'GetNamespacesRepositoriesImages';
const repositories = 'GetNamespaceRepositories';

/** What the server answers to requests of one kind. */
type RefusedOperation =
  typeof summary | typeof images | typeof repositories | 'GetOwnNamespaces' | 'GetUserOrganisations';

interface Fault {
  readonly operation: 'GetOwnNamespaces' | typeof repositories;
  readonly body: () => unknown;
}

const apiCounts = /^[\d.]+ GB · 12 inactive · 41 images$/;

describe('HubTreeProvider', () => {
  const sandbox = withSandbox();
  const { open, close } = fixtures(() => sandbox);
  afterEach(close);

  it('shows the own namespace, organizations, then what was added', async () => {
    const { rows, item } = await open({ namespaces: ['library'], repositories: ['bitnami/redis'] });
    const root = await rows();
    assert.deepEqual(idsOf(root), ['demo', 'acme', 'library', 'bitnami']);
    assert.deepEqual(
      root.map((node) => item(node).description),
      ['personal', 'organization', 'added', 'added repositories'],
    );
    assert.deepEqual(
      root.map((node) => item(node).contextValue),
      ['namespace', 'namespace', 'namespace removable', 'namespace'],
    );
  });

  it('has the item of a row that the editor was given at once, and of another as soon as items can be made', async () => {
    const { tree, rows } = await open();
    const early = { kind: 'message', id: 'x', parent: undefined, severity: 'info', text: 'No' } as const;
    const item = tree.getTreeItem({ ...early, reason: '', hint: '', action: { kind: 'none' } });
    assert.ok(item instanceof Promise);
    assert.equal((await item).label, 'No');
    const [first] = await rows();
    assert.ok(first);
    assert.ok(!(tree.getTreeItem(first) instanceof Promise));
  });

  it('marks exactly the images that the setting protects', async () => {
    const { tree, rows } = await open({ protect: ['acme/billing:prod*'] });
    const imagesOf = async (...path: readonly string[]) =>
      (await rows(...path)).filter((node) => node.kind === 'image');
    const isMarked = (node: Node) => {
      const { iconPath } = tree.getTreeItem(node) as vscode.TreeItem;
      return (iconPath as vscode.ThemeIcon).id === 'shield';
    };
    const billing = await imagesOf('acme', 'acme/billing');
    const isProduction = ({ image }: { image: Image }) =>
      currentTags(image).some((name) => name.startsWith('prod'));
    assert.ok(billing.some(isProduction) && !billing.every(isProduction));
    assert.deepEqual(billing.map(isMarked), billing.map(isProduction));
    assert.deepEqual((await imagesOf('acme', 'acme/api')).filter(isMarked), []);
  });

  it('draws the rows again when the setting changes', async () => {
    let protect: readonly string[] = [];
    const { tree, rows, changedRows } = await open({
      get protect() {
        return protect;
      },
    });
    const [image] = (await rows('acme', 'acme/api')).filter(({ kind }) => kind === 'image');
    assert.ok(image);
    const icon = () => ((tree.getTreeItem(image) as vscode.TreeItem).iconPath as vscode.ThemeIcon).id;
    assert.equal(icon(), 'package');
    const change = (value: readonly string[] | undefined) =>
      vscode.workspace
        .getConfiguration('hubImages')
        .update('protect', value, vscode.ConfigurationTarget.Global);
    changedRows.splice(0);
    protect = ['acme/api'];
    try {
      await change(protect);
      await until(() => changedRows.includes(undefined));
      assert.equal(icon(), 'shield');
    } finally {
      await change(undefined);
    }
  });

  it('says when it is loaded', async () => {
    const { rows, context } = await open();
    assert.equal(context.get(contextKeys.viewState), 'loading');
    await rows();
    assert.equal(context.get(contextKeys.viewState), 'rows');
  });

  it('lists the repositories of a namespace by name, and asks nothing about them', async () => {
    const { rows, requests } = await open();
    assert.deepEqual(idsOf(await rows('acme')), ['acme/api', 'acme/billing', 'acme/gateway', 'acme/nightly']);
    assert.deepEqual([requests(repositories), requests(summary), requests(images)], [1, 0, 0]);
  });

  it('merges repositories that were added with the listed ones', async () => {
    const { rows, item } = await open({ repositories: ['acme/api', 'acme/elsewhere'] });
    const listed = await rows('acme');
    assert.deepEqual(idsOf(listed), [
      'acme/api',
      'acme/billing',
      'acme/elsewhere',
      'acme/gateway',
      'acme/nightly',
    ]);
    assert.equal(item(listed[0]).contextValue, 'repository removable');
    assert.equal(item(listed[1]).contextValue, 'repository');
  });

  it('shows only what was added where a namespace stands for nothing else', async () => {
    const { rows, requests } = await open({ repositories: ['free/blog'] });
    assert.deepEqual(idsOf(await rows('free')), ['free/blog']);
    assert.equal(requests(repositories), 0);
  });

  it('reads the counts of a repository once when its row comes into view', async () => {
    const { tree, rows, item, requests } = await open();
    const [row] = await rows('acme');
    const uri = item(row).resourceUri;
    assert.ok(uri);
    assert.match(String(item(row).description), /^[\d.]+ GB$/); // known from the list
    tree.rowInView(uri);
    tree.rowInView(uri);
    await until(() => /inactive|unavailable/.test(String(item(row).description)));
    tree.rowInView(uri);
    assert.match(String(item(row).description), apiCounts);
    assert.equal(requests(summary), 1);
  });

  it('shares the counts of a row with whoever else wants them', async () => {
    const { catalog, rows, item, requests } = await open();
    const [row] = await rows('acme');
    const counts = await catalog.readSummary(api);
    assert.equal(counts?.inactive, 12);
    assert.equal(await catalog.readSummary(api), counts);
    assert.match(String(item(row).description), apiCounts);
    assert.equal(requests(summary), 1);
  });

  it('tells when a row is read again, or everything, but not of one page more', async () => {
    const { tree, rows } = await open({ pageSize: 10 });
    await rows('acme');
    await rows('acme', 'acme/api');
    const reported: (Node | undefined)[] = [];
    tree.onDidBeginRefresh((node) => reported.push(node));
    await tree.refresh(tree.repositoryNode(api));
    await tree.refresh();
    await tree.loadMore(api);
    assert.deepEqual(reported, [tree.repositoryNode(api), undefined]);
  });

  it('tells the editor of the row and the badge that changed, by the row it was given', async () => {
    const { tree, rows, item, changedRows, changedBadges } = await open();
    const [row] = await rows('acme');
    const uri = item(row).resourceUri;
    assert.ok(uri);
    tree.rowInView(uri);
    await until(() => changedBadges.length > 0);
    assert.equal(changedRows.at(-1), row);
    assert.equal(changedBadges.at(-1)?.toString(), uri.toString());
  });

  for (const [title, change] of [
    ['announces a change of a row only once the answer for that row has reached the editor', changeView],
    ['announces a change again that the editor handles before the answer for that row', redraw],
  ] as const) {
    it(title, async () => {
      const fixture = await open();
      await fixture.catalog.readSummary(api);
      const [row] = await fixture.rows('acme');
      const answer = fixture.delayEditor();
      await fixture.rows('acme', 'acme/api');
      fixture.changedRows.splice(0);
      await change(fixture, row);
      assert.deepEqual(fixture.changedRows, []);
      answer();
      await until(() => fixture.changedRows.length > 0);
      assert.deepEqual(fixture.changedRows, [row]);
    });
  }

  it('gives a badge once its row is there, where it was asked for while the row of an earlier sign-in was drawn', async () => {
    const earlier = await open();
    const [row] = await earlier.rows('acme');
    const uri = earlier.item(row).resourceUri;
    assert.ok(uri);
    const { tree, rows, changedBadges } = await open();
    assert.equal(tree.rowInView(uri), undefined);
    const reported = () => changedBadges.filter((changed) => changed?.toString() === uri.toString()).length;
    await rows();
    assert.equal(reported(), 0);
    await rows('acme');
    assert.equal(reported(), 1);
    assert.ok(tree.rowInView(uri));
    await rows('acme');
    assert.equal(reported(), 1);
  });

  it('has the accounts at its root where several are signed in, and rows below the one in use only', async () => {
    const { catalog, tree, item } = await open({ accounts: ['demo', 'free'] });
    const roots = await tree.getChildren();
    assert.deepEqual(
      roots.map((node) => [node.kind, item(node).label, item(node).description]),
      [
        ['account', 'demo', 'in use'],
        ['account', 'free', 'not in use'],
      ],
    );
    const [inUse, idle] = roots;
    assert.ok(inUse && idle);
    const namespaces = await tree.getChildren(inUse);
    assert.deepEqual(idsOf(namespaces), ['demo', 'acme']);
    assert.ok(namespaces.every((namespace) => tree.getParent(namespace) === inUse));
    assert.deepEqual(await tree.getChildren(idle), []);
    assert.equal(item(idle).command?.command, 'hubImages.account.use');
    assert.equal((await catalog.listRepositories()).length, 8);
  });

  it('says that counts are unavailable, and why in the tooltip', async () => {
    const { tree, rows, item } = await open();
    refuse(summary);
    const [row] = await rows('acme');
    assert.ok(row);
    const uri = item(row).resourceUri;
    assert.ok(uri);
    tree.rowInView(uri);
    await until(() => /inactive|unavailable/.test(String(item(row).description)));
    assert.match(String(item(row).description), /^[\d.]+ GB · counts unavailable$/);
    assert.match(markdownOf(await tree.resolveTreeItem(item(row), row)), /Counts unavailable.*not today/s);
  });

  it('counts the references to an image in its tooltip, with the only link that it may follow', async () => {
    const references = new FakeReferenceSource([], nothingOpen);
    const { tree, rows, item, changedRows } = await open({ references });
    const [newest] = await rows('acme', 'acme/api');
    assert.ok(newest);
    const tooltip = async () => (await tree.resolveTreeItem(item(newest), newest)).tooltip;
    const before = await tooltip();
    assert.ok(before instanceof vscode.MarkdownString);
    assert.doesNotMatch(before.value, /References/);
    assert.equal(before.isTrusted, false);
    references.references = [referenceAt('a.yaml', 1, { tag: '2.3' })];
    references.report = {};
    const after = await tooltip();
    assert.ok(after instanceof vscode.MarkdownString);
    const link = encodeURIComponent(JSON.stringify([{ row: newest.id }]));
    const text = after.value.replaceAll('&nbsp;', ' ');
    assert.ok(text.startsWith(before.value.replaceAll('&nbsp;', ' ')), 'the rest stays as it is');
    assert.match(text, /\*\*References in the workspace:\*\* 1 line in 1 file/);
    assert.ok(text.endsWith(` · [Show References](command:hubImages.image.findReferences?${link})`), text);
    assert.deepEqual(after.isTrusted, { enabledCommands: ['hubImages.image.findReferences'] });
    const { length } = changedRows;
    references.change();
    assert.deepEqual(changedRows.slice(length), [newest]);
  });

  it('has the rest of a tooltip where the workspace cannot be searched, and none that is no longer wanted', async () => {
    const references = new FakeReferenceSource([], nothingOpen);
    references.before = () => Promise.reject(new Error('disk is gone'));
    const { tree, rows, item } = await open({ references });
    const [newest] = await rows('acme', 'acme/api');
    assert.ok(newest);
    assert.match(markdownOf(await tree.resolveTreeItem(item(newest), newest)), /Digest:/);
    const cancellation = new vscode.CancellationTokenSource();
    references.before = () => {
      cancellation.cancel();
      return Promise.resolve();
    };
    const resolved = await tree.resolveTreeItem(item(newest), newest, cancellation.token);
    assert.equal(resolved.tooltip, undefined);
  });

  it('shows the images of a repository and their tags', async () => {
    const { rows, item } = await open();
    const listed = await rows('acme', 'acme/api');
    assert.equal(listed.length, 41);
    const [newest] = listed;
    assert.equal(item(newest).label, '2.3, 2.3.1, latest, main');
    assert.match(String(item(newest).description), /^today · active$/);
    const oldest = listed.find(
      (node) => node.kind === 'image' && node.image.tags.every((tag) => !tag.isCurrent),
    );
    assert.match(item(oldest).label as string, /^[0-9a-f]{12}$/);
    assert.match(String(item(oldest).description), /^\d+d · (in)?active · untagged$/);
    const tags = await rows('acme', 'acme/api', oldest?.id ?? '');
    assert.ok(tags.length > 0);
    assert.ok(tags.every((node) => item(node).description === 'moved to another image'));
  });

  it('says never or unknown of a time that nobody knows', async () => {
    const { rows, item } = await open();
    const descriptions = (await rows('demo', 'demo/archive')).map((node) => String(item(node).description));
    assert.equal(descriptions.filter((text) => text.includes('last activity never or unknown')).length, 4);
  });

  it('has ids that no two rows share, and knows the parent of each', async () => {
    const { tree, rows } = await open();
    const seen = new Map<string, Node>();
    const visit = async (parent: Node | undefined) => {
      for (const node of await tree.getChildren(parent)) {
        assert.equal(seen.has(node.id), false, node.id);
        seen.set(node.id, node);
        assert.equal(tree.getParent(node), parent);
        await visit(node);
      }
    };
    await rows();
    await visit(undefined);
    assert.ok(seen.size > 400, String(seen.size));
  });

  it('loads the next page on demand, against the instant of the first', async () => {
    const { tree, rows, item, requests } = await open();
    const first = await rows('acme', 'acme/nightly');
    assert.equal(first.length, 101);
    assert.equal(item(first.at(-1)).label, 'Load 100 more (100 of 240)');
    await tree.loadMore(nightly);
    const second = await rows('acme', 'acme/nightly');
    assert.equal(second.length, 201);
    assert.equal(item(second.at(-1)).label, 'Load 40 more (200 of 240)');
    assert.equal(second.at(-1)?.id, first.at(-1)?.id);
    await tree.loadMore(nightly);
    const all = await rows('acme', 'acme/nightly');
    assert.equal(all.length, 240);
    assert.equal(requests(images), 3);
    const instants = new Set(
      sandbox.exchanges
        .filter(({ operation, query }) => operation === images && query['page'] !== '1')
        .map(({ query }) => query['active_from']),
    );
    assert.equal(instants.size, 1);
    assert.ok([...instants][0]);
  });

  it('lets go of all but the first page of a repository that was closed, and shows that again at once', async () => {
    const { catalog, tree, rows, requests, changedRows } = await open();
    const first = await rows('acme', 'acme/nightly');
    await tree.loadMore(nightly);
    await tree.loadMore(nightly);
    assert.equal(catalog.loadedImages(nightly).length, 240);
    const row = tree.repositoryNode(nightly);
    assert.ok(row);
    tree.didCollapse(row);
    assert.equal(catalog.loadedImages(nightly).length, 100);
    assert.equal(changedRows.at(-1), row, 'the editor lets its rows go, too');
    assert.deepEqual(idsOf(await rows('acme', 'acme/nightly')), idsOf(first));
    assert.equal(requests(images), 3);
    await tree.loadMore(nightly);
    assert.equal((await rows('acme', 'acme/nightly')).length, 201);
    assert.equal(requests(images), 4);
  });

  it('appends nothing to a repository that was closed meanwhile', async () => {
    const { catalog, tree, rows } = await open();
    await rows('acme', 'acme/nightly');
    const row = tree.repositoryNode(nightly);
    assert.ok(row);
    const appended = tree.loadMore(nightly);
    tree.didCollapse(row);
    await appended;
    assert.equal(catalog.loadedImages(nightly).length, 100);
  });

  it('offers to try again where the next page failed, and keeps the rows', async () => {
    const { tree, rows } = await open();
    await rows('acme', 'acme/nightly');
    const repair = refuse(images);
    await tree.loadMore(nightly);
    const failed = await rows('acme', 'acme/nightly');
    assert.equal(failed.length, 102);
    const message = messageIn(failed);
    assert.equal(message.text, 'More images could not be loaded');
    repair();
    await tree.refresh(message);
    assert.equal((await rows('acme', 'acme/nightly')).length, 201);
  });

  it('sends filter, order and window to the server, and starts from the first page', async () => {
    const { tree, viewOptions, origin, rows, item } = await open();
    await rows('acme', 'acme/nightly');
    await tree.loadMore(nightly);
    await viewOptions.update(origin, nightly, {
      status: 'inactive',
      ordering: 'last_activity',
      activityWindowDays: 90,
    });
    const shown = await rows('acme', 'acme/nightly');
    assert.deepEqual(
      shown.slice(0, 3).map((node) => item(node).label),
      ['Inactive images only', 'Oldest activity first', 'Active: last 90 days'],
    );
    assert.equal(shown.length, 3 + 101);
    assert.ok(shown.every((node) => node.kind !== 'image' || node.image.status === 'inactive'));
    const { query } = sandbox.exchanges.filter(({ operation }) => operation === images).at(-1) ?? {};
    assert.deepEqual(
      [query?.['status'], query?.['ordering'], query?.['page']],
      ['inactive', 'last_activity', '1'],
    );
    const activeFrom = Date.parse(query?.['active_from'] ?? '');
    assert.ok(Math.abs(Date.now() - activeFrom - 90 * 86_400_000) < 60_000);
    const row = tree.repositoryNode(nightly);
    assert.match(
      String(item(row).description),
      /^[\d.]+ GB · \d+ inactive · 240 images \(inactive only, oldest activity first, active = last 90 days\)$/,
    );
  });

  it('says in the description what is shown, and sandbox at all times', async () => {
    const { tree, viewOptions, origin, rows } = await open({ activityWindowDays: 60 });
    assert.equal(descriptionOf(tree), 'sandbox');
    const [row] = await rows('acme');
    assert.ok(row);
    const reported: string[] = [];
    tree.onDidChangeShownView(() => reported.push('view'));
    tree.onDidChangeShownRepository(() => reported.push('repository'));
    tree.didSelect([row]);
    assert.equal(
      descriptionOf(tree),
      'sandbox · acme/api: all images · newest activity first · active = last 60 days',
    );
    await viewOptions.update(origin, api, { status: 'inactive' });
    tree.didSelect([]);
    assert.match(descriptionOf(tree), /^sandbox · acme\/api: inactive only · /);
    assert.deepEqual(reported, ['repository', 'view']);
  });

  it('tells an empty repository from a filter that leaves nothing', async () => {
    const { viewOptions, origin, rows, item } = await open();
    const empty = await rows('demo', 'demo/scratchpad');
    assert.deepEqual(
      empty.map((node) => item(node).label),
      ['No images'],
    );
    assert.equal(item(empty[0]).contextValue, 'message emptyRepository');
    assert.equal(item(empty[0]).command?.command, 'hubImages.repository.copyPushCommand');
    await viewOptions.update(origin, parseRepositoryRef('demo/scratchpad'), { status: 'inactive' });
    const filtered = messageIn(await rows('demo', 'demo/scratchpad'));
    assert.equal(filtered.text, 'No inactive images');
    assert.deepEqual(filtered.action, { kind: 'command', command: 'hubImages.images.filterByStatus' });
  });

  it('keeps the counts where the plan forbids the images, and explains', async () => {
    const { tree, rows, item } = await open({
      credentials: { username: 'free', password: 'sandbox-free' },
    });
    const [row] = await rows('free');
    const message = messageIn(await rows('free', 'free/blog'));
    await until(() => /inactive|unavailable/.test(String(item(row).description)));
    assert.match(String(item(row).description), /^[\d.]+ MB · \d inactive · 5 images$/);
    assert.equal(message.severity, 'warning');
    const { tooltip } = item(message);
    assert.ok(typeof tooltip === 'string');
    assert.match(tooltip, /counts but not the images.*plan/s);
    assert.ok(tree.repositoryNode(parseRepositoryRef('free/blog')));
  });

  it('speaks of no counts where those were forbidden, too, after they were known', async () => {
    const { tree, rows, item } = await open();
    await rows('acme', 'acme/api');
    for (const operation of [summary, images] as const) {
      sandbox.faults.add({
        on: { operation },
        times: 'always',
        fault: { kind: 'status', status: 403, body: { message: 'not any more' } },
      });
    }
    await tree.refresh(tree.repositoryNode(api));
    const message = messageIn(await rows('acme', 'acme/api'));
    assert.equal(message.severity, 'error');
    assert.match(item(message).accessibilityInformation?.label ?? '', /^Error: Images could not be listed/);
  });

  const failures: readonly [what: string, operations: readonly RefusedOperation[], path: string[]][] = [
    ['namespaces', ['GetOwnNamespaces', 'GetUserOrganisations'], []],
    ['repositories', [repositories], ['acme']],
    ['images', [images], ['acme', 'acme/api']],
  ];
  for (const [what, operations, path] of failures) {
    it(`shows a failure to list ${what} with its reason, and tries again on demand`, async () => {
      const { tree, rows, item } = await open({ namespaces: ['acme'] });
      const repair = refuse(...operations);
      const message = messageIn(await rows(...path));
      assert.equal(message.severity, 'error');
      const row = item(message);
      assert.match(String(row.description), /not today/);
      assert.equal(row.contextValue, 'message retryable');
      assert.equal(row.command?.command, 'hubImages.tree.refresh');
      assert.deepEqual(row.command.arguments, [message]);
      assert.match(row.accessibilityInformation?.label ?? '', /^Error: .*not today/);

      repair();
      await tree.refresh(message);
      assert.equal(
        (await rows(...path)).some(({ kind }) => kind === 'message'),
        false,
      );
    });
  }

  const namedRepository = (name: unknown) => ({ name, namespace: 'acme', repository_type: 'image' });
  const unreadLists: readonly [what: string, Fault, path: string[], shown: string[], warning: string][] = [
    [
      'namespaces',
      { operation: 'GetOwnNamespaces', body: () => ({ namespaces: ['acme', '..'] }) },
      [],
      ['demo', 'acme', '#message:unread'],
      'The list of namespaces: entry 2 could not be read: expected the name of a namespace',
    ],
    [
      'repositories',
      { operation: repositories, body: () => ({ count: 2, results: ['.', 'api'].map(namedRepository) }) },
      ['acme'],
      ['acme/api', 'acme#message:unread'],
      'The list of repositories of acme: entry 1 could not be read: name: expected the name of a repository',
    ],
    [
      'repositories, none of which can be read',
      { operation: repositories, body: () => ({ count: 1, results: [null] }) },
      ['acme'],
      ['acme#message:unread'],
      'The list of repositories of acme: entry 1 could not be read: expected an object',
    ],
  ];
  for (const [what, { operation, body }, path, shown, warning] of unreadLists) {
    it(`lists the other ${what} when one cannot be read, and says so below them`, async () => {
      const { rows, item, warnings } = await open();
      sandbox.faults.add({
        on: { operation },
        times: 'always',
        fault: { kind: 'transformBody', transform: body },
      });
      const listed = await rows(...path);
      assert.deepEqual(idsOf(listed), shown);
      const message = messageIn(listed);
      assert.equal(message.text, '1 entry could not be read');
      assert.equal(message.severity, 'warning');
      assert.equal(item(message).command?.command, 'hubImages.log.show');
      assert.match(item(message).accessibilityInformation?.label ?? '', /The log lists each of them/);
      assert.deepEqual(warnings, [warning]);
    });
  }

  it('says how many repositories are missing from a list that ends too early', async () => {
    const { rows, warnings } = await open();
    const next = '/v2/namespaces/acme/repositories?page=2';
    sandbox.faults.add({
      on: { operation: repositories, nth: 1 },
      fault: { kind: 'transformBody', transform: (body) => ({ ...(body as object), count: 1_238, next }) },
    });
    const listed = await rows('acme');
    assert.equal(listed.length, 4 + 1);
    assert.equal(messageIn(listed).text, '1,234 entries could not be read');
    assert.deepEqual(warnings, [
      'The list of repositories of acme: entries 5 to 1238 could not be read: next: page 2 does not exist, but the count is 1238',
    ]);
  });

  it('says that namespaces may be missing when the list repeats itself', async () => {
    const { rows, warnings } = await open();
    let page = 1;
    sandbox.faults.add({
      on: { operation: 'GetOwnNamespaces' },
      times: 'always',
      fault: {
        kind: 'transformBody',
        transform: () => ({ namespaces: ['acme'], next: `/v2/repositories/namespaces?page=${(page += 1)}` }),
      },
    });
    const listed = await rows();
    assert.deepEqual(idsOf(listed), ['demo', 'acme', '#message:unread']);
    assert.equal(messageIn(listed).text, 'Some entries could not be read');
    assert.deepEqual(warnings, [
      'The list of namespaces: entries from 3 could not be read: next: page 2 links to another page, but has nothing new',
    ]);
  });

  it('keeps the rows of images where a refresh fails, below the reason', async () => {
    const { tree, rows } = await open();
    await rows('acme', 'acme/api');
    refuse(images);
    await tree.refresh(tree.repositoryNode(api));
    const shown = await rows('acme', 'acme/api');
    assert.equal(shown[0]?.kind, 'message');
    assert.equal(shown.length, 42);
  });

  it('reads a namespace again by its name, and nothing of others', async () => {
    const { tree, rows, requests } = await open();
    await rows('acme');
    const begun: unknown[] = [];
    const listening = tree.onDidBeginRefresh((row) => begun.push(row?.id));
    await tree.refreshNamespace(parseNamespaceName('acme'));
    listening.dispose();
    assert.deepEqual(begun, ['acme']);
    assert.equal(requests('GetNamespaceRepositories'), 2);
    assert.equal(requests('GetOwnNamespaces'), 1);
  });

  it('reads again on a refresh only what was asked for and not closed, and keeps the rows', async () => {
    const { tree, rows, requests } = await open();
    const [demo] = await rows();
    const before = await rows('acme');
    const [apiRow] = before;
    const nightly = before.find(({ id }) => id === 'acme/nightly');
    assert.ok(demo && apiRow && nightly);
    await rows('demo');
    tree.didCollapse(demo);
    await rows('acme', 'acme/nightly');
    tree.didCollapse(nightly);
    await rows('acme', 'acme/api');
    const counted = [requests(repositories), requests(images)];
    await tree.refresh();
    assert.deepEqual([requests(repositories), requests(images)].map(added(counted)), [1, 1]);
    assert.deepEqual(await rows('acme'), before);
    assert.equal((await rows('acme'))[0], apiRow, 'the editor knows a row by its object');
    assert.deepEqual([requests(repositories), requests(images)].map(added(counted)), [1, 1]);
  });

  it('finds the row of a repository that was not listed yet', async () => {
    const { tree } = await open();
    assert.equal(tree.repositoryNode(api), undefined);
    assert.equal((await tree.findRepositoryNode(api))?.id, 'acme/api');
    assert.equal(await tree.findRepositoryNode(parseRepositoryRef('acme/none')), undefined);
    assert.equal(await tree.findRepositoryNode(parseRepositoryRef('nobody/none')), undefined);
  });

  it('is empty when somebody signs out', async () => {
    const { tree, rows, signOut, context, changedRows } = await open();
    const [row] = await rows('acme');
    assert.ok(row);
    tree.didSelect([row]);
    signOut();
    assert.deepEqual(await rows(), []);
    assert.equal(context.get(contextKeys.viewState), 'loading');
    assert.equal(changedRows.at(-1), undefined);
    assert.equal(tree.selectedRepository, undefined);
    assert.equal(descriptionOf(tree), '');
  });

  /** Makes the sandbox refuse every request of this kind, until the function returned is called. */
  /** @returns Ends the refusal. */
  function refuse(...operations: readonly RefusedOperation[]): () => void {
    const repairs = operations.map((operation) =>
      sandbox.faults.add({
        on: { operation },
        times: 'always',
        fault: { kind: 'status', status: 400, body: { message: 'not today' } },
      }),
    );
    return () => {
      repairs.forEach((repair) => {
        repair();
      });
    };
  }
});

describe('HubTreeProvider on a server with the four operations alone', () => {
  const sandbox = withSandbox(() => ({ routes: 'seed' }));
  const { open, close } = fixtures(() => sandbox);
  afterEach(close);

  it('shows repositories that were added, and says why there are no others', async () => {
    const { rows, item } = await open({ repositories: ['demo/website', 'acme/api'] });
    assert.deepEqual(idsOf(await rows()), ['demo', 'acme']);
    const own = await rows('demo');
    assert.deepEqual(
      own.map(({ kind }) => kind),
      ['repository', 'message'],
    );
    const message = messageIn(own);
    assert.equal(message.text, 'This server does not list repositories');
    assert.equal(item(message).command?.command, 'hubImages.repository.add');
    assert.deepEqual(idsOf(await rows('acme')), ['acme/api']);
    assert.equal((await rows('acme', 'acme/api')).length, 41);
  });

  it('counts them', async () => {
    const { tree, rows, item } = await open({ repositories: ['acme/api'] });
    const [row] = await rows('acme');
    const uri = item(row).resourceUri;
    assert.ok(uri);
    tree.rowInView(uri);
    await until(() => item(row).description === '12 inactive · 41 images'); // this server lists no storage
  });
});

/** Trees that are closed after the test. */
function changeView({ viewOptions, origin }: HubTreeFixture): Promise<void> {
  return viewOptions.update(origin, api, { status: 'inactive' });
}

/** The editor asks how the row reads when it handles a change that was announced before. */
function redraw({ item }: HubTreeFixture, row: Node | undefined): Promise<void> {
  item(row);
  return Promise.resolve();
}

function fixtures(sandbox: () => ReturnType<typeof withSandbox>) {
  const opened: HubTreeFixture[] = [];
  return {
    open: async (setting?: TreeSetting) => {
      const fixture = await HubTreeFixture.open(sandbox(), setting);
      opened.push(fixture);
      return fixture;
    },
    close: () => opened.splice(0).forEach((fixture) => fixture.dispose()),
  };
}

function descriptionOf({ shownView }: HubTreeFixture['tree']): string {
  return viewDescription(shownView);
}

function idsOf(nodes: readonly Node[]): readonly string[] {
  return nodes.map(({ id }) => id);
}

function messageIn(nodes: readonly Node[]): MessageNode {
  const message = nodes.find((node) => node.kind === 'message');
  assert.ok(message, `no message among ${idsOf(nodes).join(', ')}`);
  return message;
}

function markdownOf({ tooltip }: vscode.TreeItem): string {
  assert.ok(tooltip instanceof vscode.MarkdownString);
  return tooltip.value.replaceAll('&nbsp;', ' ');
}

function added(before: readonly number[]) {
  return (count: number, index: number) => count - (before[index] ?? 0);
}
