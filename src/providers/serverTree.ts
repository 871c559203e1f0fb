import type * as vscode from 'vscode';
import { namespaceEntries, repositoryEntries } from '../catalog/entries';
import type { ContentsQuery } from '../catalog/listing';
import type { RepositoryContents } from '../catalog/repositoryContents';
import { ServerContents } from '../catalog/serverContents';
import type { ImagesViewChange, ViewOptions } from '../catalog/viewOptions';
import type { HubConnection } from '../connection/hubConnection';
import { activeFromDaysAgo } from '../hub/activity';
import { isDigest } from '../hub/digest';
import { isCancelled } from '../hub/errors';
import { countRequests } from '../hub/http/requestWatch';
import type { Image, Namespace, Repository } from '../hub/model';
import { formatRepository, parseNamespaceName, type RepositoryRef } from '../hub/names';
import type { Account } from '../hub/session/session';
import type { Settings } from '../settings';
import { Disposable } from '../util/dispose';
import { underNamespace, underRepository, underRoot } from './children';
import { NodeCache } from './nodeCache';
import {
  namespaceNode,
  type NamespaceNode,
  type Node,
  partNodes,
  repositoryNode,
  type RepositoryNode,
  repositoryNodeOf,
  tagNodes,
} from './nodes';
import type { RepositoryFacts } from './rowFacts';

export interface ServerTreeOptions {
  readonly settings: Pick<Settings, 'namespaces' | 'repositories' | 'activityWindowDays' | 'pageSize'>;
  readonly viewOptions: ViewOptions;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'warn' | 'error'>;
  readonly now: () => Date;
  /** The row reads differently, or what is under it; without one, all rows. */
  readonly onDidChange: (node: Node | undefined) => void;
  /** Badges are others now; without an id, any of them. */
  readonly onDidChangeBadges: (id: string | undefined) => void;
}

/** What a badge is made of. */
export type BadgedRow =
  | { readonly kind: 'image'; readonly image: Image }
  | { readonly kind: 'repository'; readonly inactive: number };

/** The rows of one server and what is read for them. */
export class ServerTree extends Disposable {
  readonly connection: HubConnection;
  /** Such as `hub.docker.com`: part of the rows' addresses. */
  readonly host: string;
  readonly #options: ServerTreeOptions;
  readonly #contents: ServerContents;
  readonly #nodes = new NodeCache();
  /**
   * Rows whose badge was asked for before they were there, as for rows of an earlier sign-in that are still drawn. The
   * editor remembers that they have none.
   */
  readonly #unansweredBadges = new Set<string>();
  #account: Account | undefined;

  constructor(connection: HubConnection, options: ServerTreeOptions) {
    super();
    this.connection = connection;
    this.host = hostOf(connection);
    this.#options = options;
    this.#contents = this.register(
      new ServerContents({
        api: {
          getSummary: (...args) => this.#logged(connection.images.getSummary(...args)),
          listImages: (...args) => this.#logged(connection.images.listImages(...args)),
        },
        listNamespaces: (signal) => this.#logged(this.#listNamespaces(signal)),
        listRepositories: (namespace, signal) =>
          this.#logged(connection.directory.listRepositories(namespace, signal)),
        query: (repository) => this.#queryFor(repository),
        now: options.now,
        onDidReadSummary: (repository) => this.#repositoryChanged(repository),
        onDidReadImagesAgain: () => options.onDidChangeBadges(undefined),
        onDidReadRest: (repository) => this.#repositoryChanged(repository),
      }),
    );
  }

  get repositoryNodes(): readonly RepositoryNode[] {
    return [...this.#nodes.repositories()];
  }

  repositoryNode(repository: RepositoryRef): RepositoryNode | undefined {
    const node = this.#nodes.get(formatRepository(repository));
    return node?.kind === 'repository' ? node : undefined;
  }

  contentsOf(repository: RepositoryRef): RepositoryContents {
    return this.#contents.contentsOf(repository);
  }

  knownContentsOf(repository: RepositoryRef): RepositoryContents | undefined {
    return this.#contents.knownContentsOf(repository);
  }

  factsOf({ repository }: RepositoryNode): RepositoryFacts {
    const contents = this.knownContentsOf(repository);
    return {
      summary: contents?.summary,
      summaryError: contents?.summaryError,
      view: this.#options.viewOptions.get(this.connection.origin, repository),
    };
  }

  /** Why the repositories of the namespaces could not be listed, where that is so. */
  listingErrors(namespaces: readonly NamespaceNode[]): readonly Error[] {
    const listed = namespaces.map(({ namespace }) => this.#contents.repositoriesOf(namespace.name));
    return [this.#contents.namespaces, ...listed]
      .map(({ error }) => error)
      .filter((error) => error !== undefined);
  }

  async children(node: Node | undefined): Promise<readonly Node[]> {
    const rows = await this.#rowsUnder(node);
    for (const { id } of rows) {
      if (this.#unansweredBadges.delete(id)) {
        this.#options.onDidChangeBadges(id);
      }
    }
    return rows;
  }

  async #rowsUnder(node: Node | undefined): Promise<readonly Node[]> {
    switch (node?.kind) {
      case undefined:
        return this.#namespaces();
      case 'namespace':
        return this.#repositories(node);
      case 'repository':
        return this.#images(node);
      case 'image':
        return [...tagNodes(node), ...partNodes(node)];
      case 'part':
        return partNodes(node);
      case 'account':
      case 'tag':
      case 'message':
      case 'loadMore':
        return [];
    }
  }

  /**
   * The row with this id, for its badge. The editor asks only for rows that come into view; so this is when the counts
   * of a repository are read. Nobody waits for them here: `onDidChange` tells of them.
   */
  rowInView(id: string): BadgedRow | undefined {
    const row = this.#badgedRow(id);
    if (row === undefined) {
      this.#unansweredBadges.add(id);
    }
    return row;
  }

  #badgedRow(id: string): BadgedRow | undefined {
    const [name = '', digest] = id.split('@');
    const node = this.#nodes.get(name);
    if (node?.kind !== 'repository') {
      return undefined;
    }
    const contents = this.contentsOf(node.repository);
    if (digest === undefined) {
      void contents.loadSummary();
      return { kind: 'repository', inactive: contents.summary?.inactive ?? 0 };
    }
    const image = isDigest(digest) ? contents.image(digest) : undefined;
    return image && { kind: 'image', image };
  }

  /**
   * Reads again what the row shows, or everything. What is open is read at once, so that its old rows stay until the new
   * ones are there; the rest when somebody looks at it.
   */
  async refresh(node: Node | undefined, isOpen: (node: Node) => boolean): Promise<void> {
    const subject = node?.kind === 'message' ? node.parent : node;
    if (subject === undefined || subject.kind === 'account') {
      this.#contents.invalidate();
      await Promise.all([
        this.#contents.namespaces.load(),
        ...this.#nodes.namespaces().map((namespace) => this.#readIfOpen(namespace, isOpen)),
      ]);
      this.#changed(undefined);
    } else if (subject.kind === 'namespace') {
      this.#contents.invalidateNamespace(subject.namespace.name);
      await this.#readIfOpen(subject, isOpen);
      this.#changed(subject);
    } else {
      await this.#refreshRepository(repositoryNodeOf(subject));
    }
  }

  async loadMore(node: RepositoryNode): Promise<void> {
    await this.contentsOf(node.repository).loadMore();
    this.#options.onDidChange(node);
  }

  /** The row was closed. The editor, told of a change, forgets the rows below it, too. */
  close(node: RepositoryNode): void {
    this.knownContentsOf(node.repository)?.close();
    this.#options.onDidChange(node);
  }

  /** What failed may succeed now. */
  retryFailed(): void {
    this.#contents.clearError();
    this.#changed(undefined);
  }

  /** Another filter, order or window was chosen for a repository. */
  followView({ origin, repository, previous, current }: ImagesViewChange): void {
    if (origin === this.connection.origin) {
      const isWindowNew = previous.activityWindowDays !== current.activityWindowDays;
      this.knownContentsOf(repository)?.restart({ isWindowNew });
      this.#repositoryChanged(repository);
    }
  }

  /** Another window was set for all repositories. */
  followWindow(): void {
    this.#contents.invalidateContents();
    this.#changed(undefined);
  }

  async #namespaces(): Promise<readonly Node[]> {
    const { namespaces } = this.#contents;
    await namespaces.load();
    const entries = namespaceEntries(namespaces.value ?? this.#ownNamespace(), this.#options.settings);
    const rows = entries.map(({ namespace, ...traits }) => namespaceNode(namespace, traits));
    return underRoot(this.#nodes.replaceChildren(undefined, rows), namespaces.error);
  }

  async #listNamespaces(signal: AbortSignal): Promise<readonly Namespace[]> {
    const { session, directory } = this.connection;
    this.#account = await session.account();
    return this.#account === undefined ? [] : directory.listNamespaces(this.#account, signal);
  }

  /** Known without a listing, so it is there even where none can be had. */
  #ownNamespace(): readonly Namespace[] {
    try {
      if (this.#account === undefined) {
        return [];
      }
      const { username, isOrganisation } = this.#account;
      const origin = isOrganisation ? 'organisation' : 'own';
      return [{ name: parseNamespaceName(username.toLowerCase()), origin }];
    } catch {
      return []; // an account such as an e-mail address names no namespace
    }
  }

  async #repositories(parent: NamespaceNode): Promise<readonly Node[]> {
    const listed = parent.isListed ? this.#contents.repositoriesOf(parent.namespace.name) : undefined;
    await listed?.load();
    const entries = repositoryEntries(parent.namespace.name, listed?.value ?? [], this.#options.settings);
    const rows = entries.map(({ repository, isRemovable }) =>
      repositoryNode(parent, repository, isRemovable),
    );
    const mayMissPrivate = this.#mayMissPrivate(parent, listed?.value);
    return underNamespace(parent, this.#nodes.replaceChildren(parent, rows), listed?.error, mayMissPrivate);
  }

  /**
   * Without the right to list, an organisation's token is shown a list without what is private, and nothing says so. Where
   * something private is in it, the token has the right.
   */
  #mayMissPrivate(
    { namespace, isListed }: NamespaceNode,
    repositories: readonly Repository[] | undefined,
  ): boolean {
    const isOwnOrganisation =
      this.#account?.isOrganisation === true && this.#account.username.toLowerCase() === namespace.name;
    return (
      isListed &&
      isOwnOrganisation &&
      repositories !== undefined &&
      !repositories.some(({ isPrivate }) => isPrivate)
    );
  }

  async #images(parent: RepositoryNode): Promise<readonly Node[]> {
    const contents = this.contentsOf(parent.repository);
    await countRequests(`Opening ${formatRepository(parent.repository)}`, this.#options.log, () =>
      contents.load(),
    );
    return underRepository(parent, contents);
  }

  async #readIfOpen(namespace: NamespaceNode, isOpen: (node: Node) => boolean): Promise<void> {
    if (!isOpen(namespace)) {
      return;
    }
    const open = this.repositoryNodes.filter((node) => node.parent === namespace && isOpen(node));
    await Promise.all([
      this.#contents.repositoriesOf(namespace.namespace.name).load(),
      ...open.map(({ repository }) => this.contentsOf(repository).load()),
    ]);
  }

  async #refreshRepository(node: RepositoryNode | undefined): Promise<void> {
    if (node !== undefined) {
      await this.contentsOf(node.repository).refresh();
      this.#options.onDidChange(node);
    }
  }

  /** Of closed rows in view the editor asks for the badge again, and that reads their counts. */
  #changed(node: Node | undefined): void {
    this.#options.onDidChange(node);
    this.#options.onDidChangeBadges(undefined);
  }

  #repositoryChanged(repository: RepositoryRef): void {
    const node = this.repositoryNode(repository);
    if (node !== undefined) {
      this.#options.onDidChange(node);
      this.#options.onDidChangeBadges(node.id);
    }
  }

  #queryFor(repository: RepositoryRef): ContentsQuery {
    const { settings, viewOptions, now } = this.#options;
    const view = viewOptions.get(this.connection.origin, repository);
    const days = view.activityWindowDays ?? settings.activityWindowDays;
    return {
      status: view.status,
      ordering: view.ordering,
      activeFrom: days === undefined ? undefined : activeFromDaysAgo(days, now()),
      pageSize: settings.pageSize,
    };
  }

  /** A row names the reason of a failure; the log has it in full. */
  async #logged<T>(reading: Promise<T>): Promise<T> {
    try {
      return await reading;
    } catch (error) {
      if (!isCancelled(error)) {
        this.#options.log.error(error instanceof Error ? error : String(error));
      }
      throw error;
    }
  }
}

/** Such as `hub.docker.com`. */
export function hostOf({ origin }: Pick<HubConnection, 'origin'>): string {
  return new URL(origin).host;
}
