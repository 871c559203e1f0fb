import type * as vscode from 'vscode';
import type { NamespaceEntry, RepositoryEntry } from '../catalog/entries';
import type { RepositoriesView } from '../catalog/repositoriesView';
import type { OpenNamespace, ServerContents } from '../catalog/serverContents';
import type { ViewOptions } from '../catalog/viewOptions';
import { isDigest } from '../hub/digest';
import { countRequests } from '../hub/http/requestWatch';
import type { Image } from '../hub/model';
import { formatRepository, type NamespaceName, type RepositoryRef } from '../hub/names';
import { underNamespace, underRepository, underRoot } from './children';
import { NodeCache } from './nodeCache';
import {
  type GroupNode,
  namespaceNode,
  type NamespaceNode,
  type Node,
  partNodes,
  repositoryNode,
  type RepositoryNode,
  repositoryNodeOf,
  tagNodes,
} from './nodes';
import { RepositoryRows } from './repositoryRows';
import type { RepositoryFacts } from './rowFacts';
import { rowIdOf, rowUri } from './rowUri';
import { viewStateOf, type ViewState } from './viewState';

export interface ServerTreeOptions {
  readonly viewOptions: Pick<ViewOptions, 'get' | 'repositories'>;
  readonly log: Pick<vscode.LogOutputChannel, 'info'>;
  /** The row, or what is below it, has changed; without a row, all rows. */
  readonly onDidChange: (node: Node | undefined) => void;
  /** The namespaces were listed, or could not be. */
  readonly onDidListNamespaces: (state: ViewState) => void;
  /** Whether namespaces stand at the top: below an account, there is always a row. */
  readonly isAtTop: () => boolean;
  /** Whether the API is that of the settings, and was not detected. */
  readonly isApiSet: () => boolean;
  /** The badge at this address is out of date; without one, the badges of all rows. */
  readonly onDidChangeBadges: (uri: vscode.Uri | undefined) => void;
}

/** What a badge is made of. */
export type BadgedRow =
  | { readonly kind: 'image'; readonly image: Image }
  | { readonly kind: 'repository'; readonly inactive: number; readonly unknown: number };

/** The rows of one server, made from its contents. */
export class ServerTree {
  readonly contents: ServerContents;
  /** Such as `hub.docker.com`: part of the rows' addresses. */
  readonly host: string;
  readonly #options: ServerTreeOptions;
  readonly #nodes = new NodeCache();
  /** By the id of the namespace. */
  readonly #repositoryRows = new Map<string, RepositoryRows>();
  /**
   * Rows whose badge the editor requested before they were there, such as rows of an earlier sign-in that are still
   * drawn. The editor remembers that they have none.
   */
  readonly #unansweredBadges = new Set<string>();

  constructor(contents: ServerContents, options: ServerTreeOptions) {
    this.contents = contents;
    this.host = new URL(contents.connection.origin).host;
    this.#options = options;
  }

  /** @returns `undefined` if the repository was not listed yet. */
  repositoryNode(repository: RepositoryRef): RepositoryNode | undefined {
    const node = this.#nodes.get(formatRepository(repository));
    return node?.kind === 'repository' ? node : undefined;
  }

  /** @returns `undefined` if the namespace was not listed yet. */
  namespaceNode(namespace: NamespaceName): NamespaceNode | undefined {
    const node = this.#nodes.get(namespace);
    return node?.kind === 'namespace' ? node : undefined;
  }

  factsOf({ repository }: RepositoryNode): RepositoryFacts {
    const contents = this.contents.knownContentsOf(repository);
    return {
      summary: contents?.summary,
      summaryError: contents?.summaryError,
      view: this.#options.viewOptions.get(this.contents.connection.origin, repository),
      listed: this.contents.listedRepository(repository),
    };
  }

  get repositoriesView(): RepositoriesView {
    return this.#options.viewOptions.repositories(this.contents.connection.origin);
  }

  /** The group that the repository is shown in; `undefined` if it is shown in none. */
  groupOf(node: RepositoryNode): GroupNode | undefined {
    return this.#rowsOf(node.parent)?.groupOf(node);
  }

  /** Handles that repositories are shown in another order, or in groups. Nothing is read for it. */
  rearrange(): void {
    for (const namespace of this.#nodes.namespaces()) {
      const shown = this.#rowsOf(namespace);
      if (shown !== undefined) {
        this.#arrange(namespace, shown.repositories);
        this.#options.onDidChange(namespace);
      }
    }
  }

  async children(node: Node | undefined): Promise<readonly Node[]> {
    const rows = await this.#rowsUnder(node);
    this.#answerBadges(rows);
    return rows;
  }

  async #rowsUnder(node: Node | undefined): Promise<readonly Node[]> {
    switch (node?.kind) {
      case undefined:
        return this.#namespaces();
      case 'namespace':
        return this.#repositories(node);
      case 'group':
        return (this.#rowsOf(node.parent)?.group(node.id) ?? node).repositories;
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
   * The row at this address, for its badge. The editor requests badges only for rows that come into view, so this is when
   * the counts of a repository are read. The badge does not wait for them: they are announced later.
   */
  rowInView(uri: vscode.Uri): BadgedRow | undefined {
    const id = rowIdOf(uri, this.host);
    const row = id === undefined ? undefined : this.#badgedRow(id);
    if (id !== undefined && row === undefined) {
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
    const contents = this.contents.contentsOf(node.repository);
    if (digest === undefined) {
      void contents.loadSummary();
      const { inactive = 0, unknown = 0 } = contents.summary ?? {};
      return { kind: 'repository', inactive, unknown };
    }
    const image = isDigest(digest) ? contents.image(digest) : undefined;
    return image && { kind: 'image', image };
  }

  /**
   * Reads again what the row shows, or everything. Open rows are read at once, so that the old rows below them stay
   * until the new ones are there; the rest is read when it is opened.
   */
  async refresh(node: Node | undefined, isOpen: (node: Node) => boolean): Promise<void> {
    const subject = node?.kind === 'message' || node?.kind === 'group' ? node.parent : node;
    if (subject === undefined || subject.kind === 'account') {
      await this.contents.refresh(this.#open(this.#nodes.namespaces(), isOpen));
      this.everythingChanged();
    } else if (subject.kind === 'namespace') {
      await this.contents.refreshNamespace(subject.namespace.name, this.#open([subject], isOpen));
      this.#options.onDidChange(subject);
      this.#options.onDidChangeBadges(undefined);
    } else {
      await this.#refreshRepository(repositoryNodeOf(subject));
    }
  }

  async loadMore(node: RepositoryNode): Promise<void> {
    await this.contents.contentsOf(node.repository).loadMore();
    this.#options.onDidChange(node);
  }

  /** Handles that the row was closed. Announcing a change makes the editor drop the rows below it, too. */
  close(node: RepositoryNode): void {
    this.contents.knownContentsOf(node.repository)?.close();
    this.#options.onDidChange(node);
  }

  /** Makes rows of all namespaces. The ones that are gone, and what is below them, are dropped. */
  takeNamespaces(entries: readonly NamespaceEntry[]): readonly NamespaceNode[] {
    const rows = entries.map(({ namespace, ...traits }) => namespaceNode(namespace, traits));
    const namespaces = this.#nodes.replaceChildren(undefined, rows);
    this.#answerBadges(namespaces);
    return namespaces;
  }

  /** Makes rows of the repositories of a namespace, if that has a row. */
  takeRepositories(namespace: NamespaceName, entries: readonly RepositoryEntry[]): void {
    const parent = this.#nodes.get(namespace);
    if (parent?.kind === 'namespace') {
      this.#takeRepositories(parent, entries);
    }
  }

  /** Announces that the row of a repository and its badge read differently. */
  repositoryChanged(repository: RepositoryRef): void {
    const node = this.repositoryNode(repository);
    if (node !== undefined) {
      this.#options.onDidChange(node);
      this.#options.onDidChangeBadges(rowUri(this.host, node.id));
    }
  }

  /** Announces that all rows read differently. The editor then requests the badges in view, which reads their counts. */
  everythingChanged(): void {
    this.#options.onDidChange(undefined);
    this.#options.onDidChangeBadges(undefined);
  }

  async #namespaces(): Promise<readonly Node[]> {
    const list = await this.contents.listNamespaces();
    const isAtTop = this.#options.isAtTop();
    const state = isAtTop ? viewStateOf(list) : 'rows';
    if (!this.contents.isDisposed) {
      this.#options.onDidListNamespaces(state); // otherwise another server is in use by now
    }
    return underRoot(this.takeNamespaces(list.entries), list, state !== 'rows');
  }

  async #repositories(parent: NamespaceNode): Promise<readonly Node[]> {
    const { entries, ...list } = await this.contents.listRepositories(parent);
    return underNamespace(parent, this.#takeRepositories(parent, entries), list);
  }

  async #images(parent: RepositoryNode): Promise<readonly Node[]> {
    const contents = this.contents.contentsOf(parent.repository);
    await countRequests(`Opening ${formatRepository(parent.repository)}`, this.#options.log, () =>
      contents.load(),
    );
    return underRepository(parent, contents, this.factsOf(parent).view, this.#isApiMissing());
  }

  /** Whether a missing operation means that the settings name an API that the server does not have. */
  #isApiMissing(): boolean {
    return this.contents.connection.imageApiKind() === 'management' && this.#options.isApiSet();
  }

  #takeRepositories(
    parent: NamespaceNode,
    entries: readonly RepositoryEntry[],
  ): readonly (GroupNode | RepositoryNode)[] {
    const rows = entries.map(({ repository, isRemovable }) =>
      repositoryNode(parent, repository, isRemovable),
    );
    const repositories = this.#nodes.replaceChildren(parent, rows);
    this.#answerBadges(repositories);
    return this.#arrange(parent, repositories).rows;
  }

  #rowsOf(parent: NamespaceNode): RepositoryRows | undefined {
    return this.#repositoryRows.get(parent.id);
  }

  /** @param repositories All of the namespace, by name. */
  #arrange(parent: NamespaceNode, repositories: readonly RepositoryNode[]): RepositoryRows {
    const rows = new RepositoryRows(
      parent,
      repositories,
      this.repositoriesView,
      ({ repository }) => this.contents.listedRepository(repository) ?? repository,
      this.#rowsOf(parent),
    );
    this.#repositoryRows.set(parent.id, rows);
    return rows;
  }

  #answerBadges(rows: readonly Node[]): void {
    for (const { id } of rows) {
      if (this.#unansweredBadges.delete(id)) {
        this.#options.onDidChangeBadges(rowUri(this.host, id));
      }
    }
  }

  #open(namespaces: readonly NamespaceNode[], isOpen: (node: Node) => boolean): readonly OpenNamespace[] {
    const repositories = this.#nodes.repositories().filter((node) => {
      const group = this.groupOf(node);
      return isOpen(node) && (group === undefined || isOpen(group));
    });
    return namespaces.filter(isOpen).map((namespace) => ({
      namespace,
      repositories: repositories
        .filter(({ parent }) => parent === namespace)
        .map(({ repository }) => repository),
    }));
  }

  async #refreshRepository(node: RepositoryNode | undefined): Promise<void> {
    if (node !== undefined) {
      await this.contents.contentsOf(node.repository).refresh();
      this.#options.onDidChange(node);
    }
  }
}
