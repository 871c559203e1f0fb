import * as vscode from 'vscode';
import type { CatalogEvent } from '../catalog/catalogEvent';
import type { HubCatalog } from '../catalog/hubCatalog';
import { defaultRepositoriesView } from '../catalog/repositoriesView';
import type { ViewOptions } from '../catalog/viewOptions';
import type { Connections } from '../connection/connections';
import { contextKeys, treeViewId } from '../contributions';
import type { ReferenceSource } from '../hub/codeReferences';
import type { Image } from '../hub/model';
import { isSameRepository, type NamespaceName, type RepositoryRef } from '../hub/names';
import { affectsSetting, type Settings } from '../settings';
import { Disposable } from '../util/dispose';
import {
  accountNode,
  repositoryNodeOf,
  type AccountNode,
  type ImageNode,
  type Node,
  type RepositoryNode,
} from './nodes';
import type { RowFacts } from './rowFacts';
import type { RowProtection, treeItem } from './rowItems';
import { RowTooltips } from './rowTooltips';
import { RowUpdates } from './rowUpdates';
import { ServerTree, type BadgedRow, type ServerTreeOptions } from './serverTree';
import type { ShownView } from './texts/view';
import type { ViewState } from './viewState';

export interface HubTreeOptions extends Pick<ServerTreeOptions, 'log'> {
  readonly catalog: HubCatalog;
  readonly connections: Pick<Connections, 'current' | 'usernames' | 'onDidChooseImageApi'>;
  readonly settings: Pick<Settings, 'activityWindowDays' | 'api' | 'protect'>;
  readonly references: ReferenceSource;
  readonly viewOptions: Pick<ViewOptions, 'get' | 'onDidChange' | 'repositories' | 'onDidChangeRepositories'>;
  /** The server's time. */
  readonly now: () => Date;
  /** Resolves when the editor has handled it, and with it everything that was sent to it before. */
  readonly setContext: (key: string, value: unknown) => PromiseLike<unknown>;
}

/** What makes the items of rows. */
interface RowItems {
  readonly treeItem: typeof treeItem;
  readonly protection: RowProtection;
}

/** The rows of the tree, made from what the catalog knows of the server in use. It owns nothing but rows. */
export class HubTreeProvider extends Disposable implements vscode.TreeDataProvider<Node> {
  readonly #options: HubTreeOptions;
  readonly #didChangeTreeData = this.register(new vscode.EventEmitter<Node | undefined>());
  readonly #rowUpdates = this.register(
    new RowUpdates({
      announce: (row) => this.#didChangeTreeData.fire(row),
      reachEditor: () => this.#options.setContext(contextKeys.viewState, this.#viewState),
    }),
  );
  readonly #didChangeBadges = this.register(new vscode.EventEmitter<vscode.Uri | undefined>());
  readonly #didChangeShownView = this.register(new vscode.EventEmitter<void>());
  readonly #didChangeShownRepository = this.register(new vscode.EventEmitter<void>());
  readonly #didBeginRefresh = this.register(new vscode.EventEmitter<Node | undefined>());
  /** Ids of the rows that are open in the view. */
  readonly #open = new Set<string>();
  readonly #accountNodeCache = new Map<string, AccountNode>();
  /** Every row that the editor was given of the server in use. */
  #handedOut = new WeakSet<object>();
  /** `undefined` while nobody is signed in, which empties the tree. */
  #server: ServerTree | undefined;
  /** Loaded with the first rows: a window whose view stays closed needs none. */
  #items: RowItems | undefined;
  #viewState: ViewState = 'loading';
  #shown: RepositoryRef | undefined;
  /** Images of unknown activity in the repository that is shown, as announced last. */
  #unknown = 0;

  readonly tooltips: RowTooltips;
  readonly onDidChangeTreeData = this.#didChangeTreeData.event;
  /** The badge of one row is out of date; without an address, the badges of all rows. */
  readonly onDidChangeBadges = this.#didChangeBadges.event;
  /** The title, the description or the message of the view may have changed. */
  readonly onDidChangeShownView = this.#didChangeShownView.event;
  /** The same, because another repository was selected or opened. */
  readonly onDidChangeShownRepository = this.#didChangeShownRepository.event;
  /** What the row shows is read again; without a row, everything. What was read before may be out of date. */
  readonly onDidBeginRefresh = this.#didBeginRefresh.event;

  constructor(options: HubTreeOptions) {
    super();
    this.#options = options;
    const dropTooltip = (row: Node) => this.#rowUpdates.changed(row);
    this.tooltips = this.register(new RowTooltips({ references: options.references, dropTooltip }));
    this.register(options.catalog.onDidChange((event) => this.#follow(event)));
    this.register(options.connections.onDidChooseImageApi(() => this.#didChangeShownView.fire()));
    this.register(options.viewOptions.onDidChange(() => this.#didChangeShownView.fire()));
    this.register(
      options.viewOptions.onDidChangeRepositories((origin) => {
        if (origin === this.#server?.contents.connection.origin) {
          this.#server.rearrange();
        }
      }),
    );
    this.register(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (affectsSetting(change, 'protect')) {
          this.#items?.protection.renew();
          this.#rowUpdates.changed(undefined);
        }
      }),
    );
    this.#showServer();
  }

  /** Rows that the editor was given have their item at once: it sends the items of one answer together. */
  getTreeItem(node: Node): vscode.TreeItem | Promise<vscode.TreeItem> {
    this.#rowUpdates.didAskFor(node);
    return this.#items === undefined
      ? this.#loadItems().then((items) => items.treeItem(node, this.#rowFacts()))
      : this.#items.treeItem(node, this.#rowFacts());
  }

  async #loadItems(): Promise<RowItems> {
    const loaded = await import('./rowItems');
    return (this.#items ??= {
      treeItem: loaded.treeItem,
      protection: new loaded.RowProtection(this.#options.settings),
    });
  }

  /** Called by the editor on hover, for a row without a tooltip. */
  async resolveTreeItem(
    item: vscode.TreeItem,
    node: Node,
    token?: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const tooltip = await this.tooltips.tooltipOf(node, this.#rowFacts(), token);
    return tooltip === undefined ? item : Object.assign(item, { tooltip });
  }

  #rowFacts(): RowFacts {
    const server = this.#server;
    return {
      server: server?.host ?? '',
      now: this.#options.now,
      repository: (of) => server?.factsOf(of),
      repositoriesView: server?.repositoriesView ?? defaultRepositoriesView,
      holdsOpenRow: ({ repositories }) => repositories.some(({ id }) => this.#open.has(id)),
      imageApi: server?.contents.connection.imageApiKind(),
      isProtected: (repository, image) => this.#items?.protection.protects(repository, image) === true,
      activeFrom: (of) => server?.contents.knownContentsOf(of.repository)?.activeFrom,
    };
  }

  getParent(node: Node): Node | undefined {
    const group = node.kind === 'repository' ? this.#server?.groupOf(node) : undefined;
    return group ?? node.parent ?? (node.kind === 'account' ? undefined : this.#accountInUse);
  }

  /**
   * Called by the editor for rows that are open. It does not report every row that is opened: not if the rows around it
   * were just declared out of date.
   */
  getChildren(node?: Node): Promise<Node[]> {
    if (node !== undefined) {
      this.#open.add(node.id);
    }
    return this.#rowUpdates.answer(node, () => this.#handOut(node));
  }

  /**
   * Whether the editor was given this very object as a row, for the server in use. A row that was read again meanwhile
   * counts; one of another server or account does not, nor does an object that only looks like a row.
   */
  isRow(value: unknown): value is Node {
    return typeof value === 'object' && value !== null && this.#handedOut.has(value);
  }

  async #handOut(parent: Node | undefined): Promise<Node[]> {
    const handedOut = this.#handedOut; // replaced as soon as the server changes
    const [rows] = await Promise.all([
      this.#childrenOf(parent),
      this.#server === undefined ? undefined : this.#loadItems(),
    ]);
    for (const row of rows) {
      handedOut.add(row);
    }
    return rows;
  }

  async #childrenOf(node: Node | undefined): Promise<Node[]> {
    const accounts = this.#accountNodes;
    if (node === undefined && accounts.length > 0) {
      this.#setViewState('rows');
      return [...accounts];
    }
    return node?.kind === 'account' && !node.isInUse ? [] : this.#rowsUnder(node);
  }

  #setViewState(state: ViewState): void {
    this.#viewState = state;
    void this.#options.setContext(contextKeys.viewState, state);
  }

  /** One for each account that is signed in, if there are several. */
  get #accountNodes(): readonly AccountNode[] {
    const { catalog, connections } = this.#options;
    const accounts = this.#server === undefined ? [] : connections.usernames;
    return accounts.length < 2
      ? []
      : accounts.map((username) => this.#accountNode(username, username === catalog.account));
  }

  /** The editor identifies a row by its object. */
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
    const server = this.#server;
    const node = parent?.kind === 'account' ? undefined : parent;
    const children = (await server?.children(node)) ?? [];
    return server === this.#server ? [...children] : []; // the server has changed, and the editor requests its rows
  }

  /** The repository of the row that was selected or opened last. */
  get selectedRepository(): RepositoryRef | undefined {
    return this.#shown;
  }

  /** @returns `undefined` if the repository was not listed yet. */
  repositoryNode(repository: RepositoryRef): RepositoryNode | undefined {
    return this.#server?.repositoryNode(repository);
  }

  /** Finds the row of a repository, and lists its namespace if needed. */
  async findRepositoryNode(repository: RepositoryRef): Promise<RepositoryNode | undefined> {
    const roots = await this.#rowsUnder(undefined);
    const namespace = roots.find(({ kind, id }) => kind === 'namespace' && id === repository.namespace);
    await (namespace && this.#rowsUnder(namespace));
    return this.repositoryNode(repository);
  }

  /** Finds the first row of an image of the repository that fits, and lists what leads to it if needed. */
  async findImageNode(
    repository: RepositoryRef,
    fits: (image: Image) => boolean,
  ): Promise<ImageNode | undefined> {
    const node = await this.findRepositoryNode(repository);
    const rows = node === undefined ? [] : await this.#rowsUnder(node);
    return rows.find((row): row is ImageNode => row.kind === 'image' && fits(row.image));
  }

  /** Reads again what the row shows; without a row, everything. The old rows stay until the new ones are there. */
  async refresh(node?: Node): Promise<void> {
    if (node?.kind === 'message' && node.action.kind === 'retry' && node.action.of === 'nextPage') {
      await this.#loadMore(repositoryNodeOf(node));
    } else {
      this.#didBeginRefresh.fire(node);
      await withProgress(this.#server?.refresh(node, ({ id }) => this.#open.has(id)));
    }
  }

  /** Reads again what the row of the repository shows, or everything if it has no row. */
  refreshRepository(repository: RepositoryRef): Promise<void> {
    return this.refresh(this.repositoryNode(repository));
  }

  /** Reads again what the row of the namespace shows, or everything if it has no row. */
  refreshNamespace(namespace: NamespaceName): Promise<void> {
    return this.refresh(this.#server?.namespaceNode(namespace));
  }

  /** Appends the next page of the repository's images. */
  async loadMore(repository: RepositoryRef): Promise<void> {
    await this.#loadMore(this.repositoryNode(repository));
  }

  /** The row at this address, for its badge. */
  rowInView(uri: vscode.Uri): BadgedRow | undefined {
    return this.#server?.rowInView(uri);
  }

  /** What the title, the description and the message of the view show. */
  get shownView(): ShownView {
    const { connections, viewOptions, settings } = this.#options;
    const { current } = connections;
    const isSandbox = current?.kind === 'sandbox';
    const imageApi = current?.imageApiKind();
    const repository = this.#shown;
    if (current === undefined || repository === undefined) {
      return { isSandbox, shown: undefined, imageApi };
    }
    const view = viewOptions.get(current.origin, repository);
    const activityWindowDays = view.activityWindowDays ?? settings.activityWindowDays;
    const unknown = this.#unknownShown();
    return { isSandbox, shown: { repository, view, activityWindowDays, unknown }, imageApi };
  }

  #unknownShown(): number {
    const contents = this.#shown && this.#server?.contents.knownContentsOf(this.#shown);
    return contents?.summary?.unknown ?? 0;
  }

  /** The user has opened the row. */
  didExpand(node: Node): void {
    this.#open.add(node.id);
    this.#show(repositoryNodeOf(node)?.repository);
  }

  /** The user has closed the row. */
  didCollapse(node: Node): void {
    this.#open.delete(node.id);
    if (node.kind === 'repository') {
      this.#server?.close(node);
    }
  }

  /** The user has selected other rows. */
  didSelect(nodes: readonly Node[]): void {
    this.#show(repositoryNodeOf(nodes[0])?.repository);
  }

  #show(repository: RepositoryRef | undefined): void {
    if (repository !== undefined && !(this.#shown && isSameRepository(repository, this.#shown))) {
      this.#shown = repository;
      this.#unknown = this.#unknownShown();
      this.#didChangeShownRepository.fire();
    }
  }

  #follow(event: CatalogEvent): void {
    switch (event.kind) {
      case 'serverChanged':
        this.#showServer();
        return;
      case 'namespacesListed':
        this.#server?.takeNamespaces(event.entries);
        return;
      case 'repositoriesListed':
        this.#server?.takeRepositories(event.namespace, event.entries);
        return;
      case 'repositoryChanged':
        this.#server?.repositoryChanged(event.repository);
        this.#announceUnknown();
        return;
      case 'imagesReadAgain':
        this.#didChangeBadges.fire(undefined);
        return;
      case 'addedChanged':
        this.#rowUpdates.changed(undefined);
        return;
      case 'windowChanged':
        this.#server?.everythingChanged();
        this.#didChangeShownView.fire();
        return;
      case 'failuresCleared':
        this.#server?.everythingChanged();
        return;
    }
  }

  #announceUnknown(): void {
    const unknown = this.#unknownShown();
    if (unknown !== this.#unknown) {
      this.#unknown = unknown;
      this.#didChangeShownView.fire();
    }
  }

  #showServer(): void {
    const { catalog, settings, viewOptions, log } = this.#options;
    this.#shown = undefined;
    this.#unknown = 0;
    this.#open.clear();
    this.tooltips.clear();
    this.#handedOut = new WeakSet();
    this.#setViewState('loading');
    this.#server =
      catalog.server &&
      new ServerTree(catalog.server, {
        viewOptions,
        log,
        onDidListNamespaces: (state) => this.#setViewState(state),
        isAtTop: () => this.#accountNodes.length === 0,
        isApiSet: () => settings.api !== undefined,
        onDidChange: (node) => this.#rowUpdates.changed(node),
        onDidChangeBadges: (uri) => this.#didChangeBadges.fire(uri),
      });
    this.#rowUpdates.changed(undefined);
    this.#didChangeBadges.fire(undefined);
    this.#didChangeShownView.fire();
  }

  async #loadMore(node: RepositoryNode | undefined): Promise<void> {
    await withProgress(node && this.#server?.loadMore(node));
  }
}

async function withProgress(work: Promise<void> | undefined): Promise<void> {
  if (work !== undefined) {
    await vscode.window.withProgress({ location: { viewId: treeViewId } }, () => work);
  }
}
