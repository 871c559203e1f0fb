import * as vscode from 'vscode';
import { cancellable } from '../catalog/cancellable';
import type { RepositoryContents } from '../catalog/repositoryContents';
import type { ImagesViewChange } from '../catalog/viewOptions';
import type { HubConnection } from '../connection/hubConnection';
import { contextKeys, extensionName, treeViewId } from '../contributions';
import type { Image, ImagesSummary, Repository } from '../hub/model';
import { isSameRepository, type RepositoryRef } from '../hub/names';
import { Disposable, MutableDisposable } from '../util/dispose';
import {
  accountNode,
  repositoryNodeOf,
  type AccountNode,
  type NamespaceNode,
  type Node,
  type RepositoryNode,
} from './nodes';
import type { RowFacts } from './rowFacts';
import { RowUpdates } from './rowUpdates';
import { rowIdOf, rowUri } from './rowUri';
import { hostOf, ServerTree, type BadgedRow, type ServerTreeOptions } from './serverTree';
import { rowTooltip, treeItem } from './treeItems';
import type { ShownView } from './viewDescription';

export interface HubTreeOptions extends Omit<ServerTreeOptions, 'onDidChange' | 'onDidChangeBadges'> {
  /** Who is signed in, to tell another account from a new token of the same. */
  readonly account: () => string | undefined;
  /** Everybody who is signed in to the server in use. */
  readonly accounts: () => readonly string[];
  /** The server in use; `undefined` while nobody is signed in, which empties the tree. */
  readonly connection: () => HubConnection | undefined;
  /** Another server is in use, or another account, or none. */
  readonly onDidChangeConnection: vscode.Event<unknown>;
  /** It turned out how the images of the server are seen and deleted. */
  readonly onDidChooseImageApi: vscode.Event<unknown>;
  /** Ends when the editor has handled it, and with it everything that was sent to it before. */
  readonly setContext: (key: string, value: unknown) => PromiseLike<unknown>;
}

/** The rows of the tree, for the editor and for commands. Only the provider reads from the Hub for them. */
export class HubTreeProvider extends Disposable implements vscode.TreeDataProvider<Node> {
  readonly #options: HubTreeOptions;
  readonly #server = this.register(new MutableDisposable<ServerTree>());
  readonly #didChangeTreeData = this.register(new vscode.EventEmitter<Node | undefined>());
  readonly #rowUpdates = this.register(
    new RowUpdates({
      announce: (row) => this.#didChangeTreeData.fire(row),
      reachEditor: () => this.#options.setContext(contextKeys.isLoaded, this.#isLoaded),
    }),
  );
  readonly #didChangeBadges = this.register(new vscode.EventEmitter<vscode.Uri | undefined>());
  readonly #didChangeShownView = this.register(new vscode.EventEmitter<void>());
  readonly #didChangeShownRepository = this.register(new vscode.EventEmitter<void>());
  readonly #didBeginRefresh = this.register(new vscode.EventEmitter<Node | undefined>());
  /** Ids of the rows that are open in the view. */
  readonly #open = new Set<string>();
  readonly #accountNodeCache = new Map<string, AccountNode>();
  #account: string | undefined;
  #isLoaded = false;
  #shown: RepositoryRef | undefined;

  readonly onDidChangeTreeData = this.#didChangeTreeData.event;
  /** The badge of one row is another, or those of all. */
  readonly onDidChangeBadges = this.#didChangeBadges.event;
  readonly onDidChangeShownView = this.#didChangeShownView.event;
  /** The same, because somebody looks at another repository. */
  readonly onDidChangeShownRepository = this.#didChangeShownRepository.event;
  /** What the row shows is read again, or everything: what was read before may be out of date. */
  readonly onDidBeginRefresh = this.#didBeginRefresh.event;

  constructor(options: HubTreeOptions) {
    super();
    this.#options = options;
    this.register(options.onDidChangeConnection(() => this.#connect()));
    this.register(options.onDidChooseImageApi(() => this.#didChangeShownView.fire()));
    this.register(options.viewOptions.onDidChange((change) => this.#followView(change)));
    this.register(vscode.workspace.onDidChangeConfiguration((change) => this.#followSettings(change)));
    this.#connect();
  }

  getTreeItem(node: Node): vscode.TreeItem {
    this.#rowUpdates.didAskFor(node);
    return treeItem(node, this.#rowFacts());
  }

  /** The editor asks for it when somebody points at a row whose tooltip it has not got. */
  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    const tooltip = rowTooltip(node, this.#rowFacts());
    return tooltip === undefined ? item : Object.assign(item, { tooltip });
  }

  #rowFacts(): RowFacts {
    const server = this.#server.value;
    return {
      server: server?.host ?? '',
      now: this.#options.now,
      repository: (of) => server?.factsOf(of),
      imageApi: server?.connection.imageApiKind(),
      activeFrom: (of) => server?.knownContentsOf(of.repository)?.activeFrom,
    };
  }

  getParent(node: Node): Node | undefined {
    return node.parent ?? (node.kind === 'account' ? undefined : this.#accountInUse);
  }

  /**
   * The editor asks for what is under a row that is open. It does not always tell when one is opened: not where the rows
   * around it were just declared out of date.
   */
  getChildren(node?: Node): Promise<Node[]> {
    if (node !== undefined) {
      this.#open.add(node.id);
    }
    return this.#rowUpdates.answer(node, () => this.#childrenOf(node));
  }

  async #childrenOf(node: Node | undefined): Promise<Node[]> {
    const accounts = this.#accountNodes;
    if (node === undefined && accounts.length > 0) {
      this.#setLoaded(true);
      return [...accounts];
    }
    return node?.kind === 'account' && !node.isInUse ? [] : this.#rowsUnder(node);
  }

  #setLoaded(isLoaded: boolean): void {
    this.#isLoaded = isLoaded;
    void this.#options.setContext(contextKeys.isLoaded, isLoaded);
  }

  /** One for each account where there are several: whose rows are shown, and whose could be. */
  get #accountNodes(): readonly AccountNode[] {
    const accounts = this.#server.value === undefined ? [] : this.#options.accounts();
    return accounts.length < 2
      ? []
      : accounts.map((username) => this.#accountNode(username, username === this.#account));
  }

  /** The editor knows a row by the object it was given. */
  #accountNode(username: string, isInUse: boolean): AccountNode {
    const known = this.#accountNodeCache.get(username);
    if (known?.isInUse === isInUse) {
      return known;
    }
    const node = accountNode(username, isInUse);
    this.#accountNodeCache.set(username, node);
    return node;
  }

  get #accountInUse(): AccountNode | undefined {
    return this.#accountNodes.find(({ isInUse }) => isInUse);
  }

  async #rowsUnder(parent: Node | undefined): Promise<Node[]> {
    const server = this.#server.value;
    const node = parent?.kind === 'account' ? undefined : parent;
    const children = (await server?.children(node)) ?? [];
    if (server !== this.#server.value) {
      return []; // of a server that was left meanwhile: the editor has been told and asks again
    }
    if (server !== undefined && node === undefined) {
      this.#setLoaded(true);
    }
    return [...children];
  }

  /** That of the row selected last, or else of the row opened last. */
  get selectedRepository(): RepositoryRef | undefined {
    return this.#shown;
  }

  /** What is known of the repository, where anything was asked about it. */
  contents(repository: RepositoryRef): RepositoryContents | undefined {
    return this.#server.value?.knownContentsOf(repository);
  }

  /** Images of the repository that were read so far, in the order and under the filter of its row. */
  loadedImages(repository: RepositoryRef): readonly Image[] {
    return this.contents(repository)?.listing?.images ?? [];
  }

  /**
   * The same, after the first page was read where none was.
   *
   * @throws {HubError} It could not be read.
   */
  async listImages(repository: RepositoryRef, signal?: AbortSignal): Promise<readonly Image[]> {
    const contents = this.#server.value?.contentsOf(repository);
    await cancellable(contents?.loadWhole() ?? Promise.resolve(), signal);
    const error = contents?.listing === undefined ? contents?.listingError : contents.restError;
    if (error !== undefined) {
      throw error;
    }
    return contents?.listing?.images ?? [];
  }

  /**
   * Counts of the repository's images: those of its row, read where they are not known.
   *
   * @throws {HubError} They could not be read.
   */
  async readSummary(repository: RepositoryRef, signal?: AbortSignal): Promise<ImagesSummary | undefined> {
    const contents = this.#server.value?.contentsOf(repository);
    await cancellable(contents?.loadSummary() ?? Promise.resolve(), signal);
    if (contents?.summaryError !== undefined) {
      throw contents.summaryError;
    }
    return contents?.summary;
  }

  /** Rows of the repositories that were listed so far. */
  allRepositories(): readonly RepositoryNode[] {
    return this.#server.value?.repositoryNodes ?? [];
  }

  /**
   * Repositories of every namespace of the tree; those not listed yet are read.
   *
   * @throws {HubError} None could be listed.
   */
  async listRepositories(signal?: AbortSignal): Promise<readonly Repository[]> {
    const roots = await cancellable(this.#rowsUnder(undefined), signal);
    return this.#listUnder(
      roots.filter((node) => node.kind === 'namespace'),
      signal,
    );
  }

  /**
   * Repositories of one namespace of the tree; they are read where they were not yet.
   *
   * @throws {HubError} None could be listed.
   */
  async listRepositoriesOf(namespace: NamespaceNode, signal?: AbortSignal): Promise<readonly Repository[]> {
    return this.#listUnder([namespace], signal);
  }

  async #listUnder(
    namespaces: readonly NamespaceNode[],
    signal: AbortSignal | undefined,
  ): Promise<readonly Repository[]> {
    await cancellable(Promise.all(namespaces.map((namespace) => this.#rowsUnder(namespace))), signal);
    const ids = new Set(namespaces.map(({ id }) => id));
    const repositories = this.allRepositories()
      .filter(({ parent }) => ids.has(parent.id))
      .map(({ repository }) => repository);
    const [error] = this.#server.value?.listingErrors(namespaces) ?? [];
    if (repositories.length === 0 && error !== undefined) {
      throw error;
    }
    return repositories;
  }

  /** The row of the repository, where it was listed already. */
  repositoryNode(repository: RepositoryRef): RepositoryNode | undefined {
    return this.#server.value?.repositoryNode(repository);
  }

  /** The row of the repository; its namespace is listed where it was not yet. */
  async findRepositoryNode(repository: RepositoryRef): Promise<RepositoryNode | undefined> {
    const roots = await this.#rowsUnder(undefined);
    const namespace = roots.find(({ kind, id }) => kind === 'namespace' && id === repository.namespace);
    await (namespace && this.#rowsUnder(namespace));
    return this.repositoryNode(repository);
  }

  /** Reads again what the row shows, or everything. The old rows stay until the new ones are there. */
  async refresh(node?: Node): Promise<void> {
    if (node?.kind === 'message' && node.action.kind === 'retry' && node.action.of === 'nextPage') {
      await this.#loadMore(repositoryNodeOf(node));
    } else {
      this.#didBeginRefresh.fire(node);
      await withProgress(this.#server.value?.refresh(node, ({ id }) => this.#open.has(id)));
    }
  }

  /** Appends the next page of the repository's images. */
  async loadMore(repository: RepositoryRef): Promise<void> {
    await this.#loadMore(this.repositoryNode(repository));
  }

  /** What the badge of a row in view is made of. */
  rowInView(uri: vscode.Uri): BadgedRow | undefined {
    const server = this.#server.value;
    const id = rowIdOf(uri, server?.host ?? '');
    return id === undefined ? undefined : server?.rowInView(id);
  }

  /** What the head of the view says. */
  get shownView(): ShownView {
    const { connection, viewOptions, settings } = this.#options;
    const current = connection();
    const isSandbox = current?.kind === 'sandbox';
    const imageApi = current?.imageApiKind();
    const repository = this.#shown;
    if (current === undefined || repository === undefined) {
      return { isSandbox, shown: undefined, imageApi };
    }
    const view = viewOptions.get(current.origin, repository);
    const activityWindowDays = view.activityWindowDays ?? settings.activityWindowDays;
    return { isSandbox, shown: { repository, view, activityWindowDays }, imageApi };
  }

  /** Told by the view. */
  didExpand(node: Node): void {
    this.#open.add(node.id);
    this.#show(repositoryNodeOf(node)?.repository);
  }

  /** Told by the view. */
  didCollapse(node: Node): void {
    this.#open.delete(node.id);
    if (node.kind === 'repository') {
      this.#server.value?.close(node);
    }
  }

  /** Told by the view. */
  didSelect(nodes: readonly Node[]): void {
    this.#show(repositoryNodeOf(nodes[0])?.repository);
  }

  #show(repository: RepositoryRef | undefined): void {
    if (repository !== undefined && !(this.#shown && isSameRepository(repository, this.#shown))) {
      this.#shown = repository;
      this.#didChangeShownRepository.fire();
    }
  }

  #connect(): void {
    const connection = this.#options.connection();
    const account = this.#options.account();
    if (
      connection !== undefined &&
      connection === this.#server.value?.connection &&
      account === this.#account
    ) {
      this.#server.value.retryFailed(); // the same person again with a new token, or one more account
      return;
    }
    this.#account = account;
    this.#shown = undefined;
    this.#open.clear();
    this.#setLoaded(false);
    this.#server.value =
      connection &&
      new ServerTree(connection, {
        ...this.#options,
        onDidChange: (node) => this.#rowUpdates.changed(node),
        onDidChangeBadges: (id) =>
          this.#didChangeBadges.fire(id === undefined ? undefined : rowUri(hostOf(connection), id)),
      });
    this.#rowUpdates.changed(undefined);
    this.#didChangeBadges.fire(undefined);
    this.#didChangeShownView.fire();
  }

  #followView(change: ImagesViewChange): void {
    this.#server.value?.followView(change);
    this.#didChangeShownView.fire();
  }

  #followSettings(change: vscode.ConfigurationChangeEvent): void {
    const affects = (setting: string) => change.affectsConfiguration(`${extensionName}.${setting}`);
    if (affects('activityWindowDays')) {
      this.#server.value?.followWindow();
      this.#didChangeShownView.fire();
    } else if (affects('namespaces') || affects('repositories')) {
      this.#rowUpdates.changed(undefined);
    }
  }

  async #loadMore(node: RepositoryNode | undefined): Promise<void> {
    await withProgress(node && this.#server.value?.loadMore(node));
  }
}

async function withProgress(work: Promise<void> | undefined): Promise<void> {
  if (work !== undefined) {
    await vscode.window.withProgress({ location: { viewId: treeViewId } }, () => work);
  }
}
