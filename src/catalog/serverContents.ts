import type * as vscode from 'vscode';
import type { HubConnection } from '../connection/hubConnection';
import { activeFromDaysAgo } from '../hub/activity';
import { isCancelled } from '../hub/errors';
import type { Namespace, Repository } from '../hub/model';
import {
  formatRepository,
  type NamespaceName,
  parseListedNamespaceName,
  type RepositoryRef,
} from '../hub/names';
import type { ReadableList, UnreadPart } from '../hub/readableList';
import type { Account } from '../hub/session/session';
import type { Settings } from '../settings';
import { Disposable } from '../util/dispose';
import type { CatalogEvent } from './catalogEvent';
import { namespaceEntries, type NamespaceEntry, repositoryEntries, type RepositoryEntry } from './entries';
import type { ContentsQuery } from './listing';
import { Loadable } from './loadable';
import { RepositoryContents } from './repositoryContents';
import type { ImagesViewChange, ViewOptions } from './viewOptions';

export interface ServerContentsOptions {
  readonly settings: Pick<Settings, 'namespaces' | 'repositories' | 'activityWindowDays' | 'pageSize'>;
  readonly viewOptions: Pick<ViewOptions, 'get'>;
  /** Receives every failed reading with all its details, and what of a list could not be read. */
  readonly log: Pick<vscode.LogOutputChannel, 'error' | 'warn'>;
  /** The server's time. */
  readonly now: () => Date;
  readonly onDidChange: (event: CatalogEvent) => void;
}

/** What is known of a list, merged with what the settings add. */
export interface EntryList<T> {
  readonly entries: readonly T[];
  /** Why the server's list could not be read; the entries are older then, or those of the settings alone. */
  readonly error: Error | undefined;
  /** What of the server's list could not be read. */
  readonly unread: readonly UnreadPart[];
}

export interface NamespaceList extends EntryList<NamespaceEntry> {
  /** Whether the server has ever listed them. Otherwise, the own namespace among them is only assumed. */
  readonly wasListed: boolean;
}

export interface RepositoryList extends EntryList<RepositoryEntry> {
  /** Whether the list may leave out private repositories without any sign of it. */
  readonly mayMissPrivate: boolean;
}

/** A namespace and those of its repositories that a refresh reads at once. */
export interface OpenNamespace {
  readonly namespace: NamespaceEntry;
  readonly repositories: readonly RepositoryRef[];
}

/** What is known of one server, merged with what the settings add. Nothing is read before it is requested. */
export class ServerContents extends Disposable {
  readonly connection: HubConnection;
  readonly #options: ServerContentsOptions;
  readonly #namespaces: Loadable<ReadableList<Namespace>>;
  /** The lists of the server. */
  readonly #repositories = new Map<NamespaceName, Loadable<ReadableList<Repository>>>();
  readonly #contents = new Map<string, RepositoryContents>();
  /** The names of the namespaces listed last. */
  #listedNamespaces: ReadonlySet<NamespaceName> = new Set();
  /** By full name, in the order in which they were listed first. */
  readonly #listedRepositories = new Map<string, Repository>();
  #account: Account | undefined;

  constructor(connection: HubConnection, options: ServerContentsOptions) {
    super();
    this.connection = connection;
    this.#options = options;
    this.#namespaces = this.register(
      new Loadable((signal) => this.#loggedList('The list of namespaces', this.#readNamespaces(signal))),
    );
  }

  /** The repositories listed so far, in the order in which they were listed first. */
  get repositories(): readonly Repository[] {
    return [...this.#listedRepositories.values()].filter(({ namespace }) =>
      this.#listedNamespaces.has(namespace),
    );
  }

  /** The repository as it was listed last; `undefined` if it was not. */
  listedRepository(repository: RepositoryRef): Repository | undefined {
    return this.#listedRepositories.get(formatRepository(repository));
  }

  contentsOf(repository: RepositoryRef): RepositoryContents {
    const known = this.knownContentsOf(repository);
    if (known !== undefined) {
      return known;
    }
    const contents = this.register(this.#createContents(repository));
    this.#contents.set(formatRepository(repository), contents);
    return contents;
  }

  /** @returns `undefined` if no request was made about the repository yet. */
  knownContentsOf(repository: RepositoryRef): RepositoryContents | undefined {
    return this.#contents.get(formatRepository(repository));
  }

  /** Lists all namespaces, and reads those of the server unless they are known. Never rejects. */
  async listNamespaces(): Promise<NamespaceList> {
    const listed = this.#namespaces;
    await listed.load();
    const entries = namespaceEntries(listed.value?.items ?? this.#ownNamespace(), this.#options.settings);
    if (!this.isDisposed) {
      this.#listedNamespaces = new Set(entries.map(({ namespace }) => namespace.name));
      this.#options.onDidChange({ kind: 'namespacesListed', entries });
    }
    const { value, error } = listed;
    return { entries, error, unread: value?.unread ?? [], wasListed: value !== undefined };
  }

  /** Lists the repositories of a namespace, and reads those of the server unless they are known. Never rejects. */
  async listRepositories({ namespace: { name }, isListed }: NamespaceEntry): Promise<RepositoryList> {
    const listed = isListed ? this.#repositoriesOf(name) : undefined;
    await listed?.load();
    const entries = repositoryEntries(name, listed?.value?.items ?? [], this.#options.settings);
    if (!this.isDisposed) {
      this.#recordRepositories(name, entries);
      this.#options.onDidChange({ kind: 'repositoriesListed', namespace: name, entries });
    }
    return {
      entries,
      error: listed?.error,
      unread: listed?.value?.unread ?? [],
      mayMissPrivate: this.#mayMissPrivate(name, listed?.value?.items),
    };
  }

  /** Why the namespaces, or the repositories of these ones, could not be listed; empty if they could. */
  listingErrors(namespaces: readonly NamespaceEntry[]): readonly Error[] {
    const listed = namespaces.map(({ namespace }) => this.#repositoriesOf(namespace.name));
    return [this.#namespaces, ...listed].map(({ error }) => error).filter((error) => error !== undefined);
  }

  /** Declares everything out of date, and reads again at once what is open. Never rejects. */
  async refresh(open: readonly OpenNamespace[]): Promise<void> {
    for (const one of [this.#namespaces, ...this.#repositories.values(), ...this.#contents.values()]) {
      one.invalidate();
    }
    await Promise.all([this.#namespaces.load(), this.#loadAll(open)]);
  }

  /** Declares a namespace out of date, and reads again at once what is open in it. Never rejects. */
  async refreshNamespace(namespace: NamespaceName, open: readonly OpenNamespace[]): Promise<void> {
    this.#repositories.get(namespace)?.invalidate();
    for (const contents of this.#contents.values()) {
      if (contents.repository.namespace === namespace) {
        contents.invalidate();
      }
    }
    await this.#loadAll(open);
  }

  /** Makes the next request for something that failed read it again. */
  clearErrors(): void {
    for (const one of [this.#namespaces, ...this.#repositories.values(), ...this.#contents.values()]) {
      one.clearError();
    }
    this.#options.onDidChange({ kind: 'failuresCleared' });
  }

  /** Applies another filter, order or window that was chosen for a repository. */
  followView({ origin, repository, previous, current }: ImagesViewChange): void {
    if (origin === this.connection.origin) {
      const isWindowNew = previous.activityWindowDays !== current.activityWindowDays;
      this.knownContentsOf(repository)?.restart({ isWindowNew });
      this.#repositoryChanged(repository);
    }
  }

  /** Applies another activity window of the settings: counts and images are out of date, the lists are not. */
  followWindow(): void {
    for (const contents of this.#contents.values()) {
      contents.invalidate();
    }
    this.#options.onDidChange({ kind: 'windowChanged' });
  }

  #createContents(repository: RepositoryRef): RepositoryContents {
    const { images } = this.connection;
    const { now, onDidChange } = this.#options;
    return new RepositoryContents({
      api: {
        getSummary: (...args) => this.#logged(images.getSummary(...args)),
        listImages: async (...args) => {
          const page = await this.#logged(images.listImages(...args));
          this.#logUnread(`The list of images of ${formatRepository(repository)}`, page.unread ?? []);
          return page;
        },
      },
      repository,
      query: () => this.#queryFor(repository),
      now,
      onDidReadSummary: () => this.#repositoryChanged(repository),
      onDidReadImagesAgain: () => onDidChange({ kind: 'imagesReadAgain' }),
      onDidReadRest: () => this.#repositoryChanged(repository),
    });
  }

  #repositoryChanged(repository: RepositoryRef): void {
    this.#options.onDidChange({ kind: 'repositoryChanged', repository });
  }

  #repositoriesOf(namespace: NamespaceName): Loadable<ReadableList<Repository>> {
    const known = this.#repositories.get(namespace);
    if (known !== undefined) {
      return known;
    }
    const { directory } = this.connection;
    const repositories = this.register(
      new Loadable((signal) =>
        this.#loggedList(
          `The list of repositories of ${namespace}`,
          directory.listRepositories(namespace, signal),
        ),
      ),
    );
    this.#repositories.set(namespace, repositories);
    return repositories;
  }

  async #readNamespaces(signal: AbortSignal): Promise<ReadableList<Namespace>> {
    const { session, directory } = this.connection;
    this.#account = await session.account();
    return this.#account === undefined
      ? { items: [], unread: [] }
      : directory.listNamespaces(this.#account, signal);
  }

  /** Known without a listing, so it is there even if the server lists none. */
  #ownNamespace(): readonly Namespace[] {
    try {
      if (this.#account === undefined) {
        return [];
      }
      const { username, isOrganisation } = this.#account;
      const origin = isOrganisation ? 'organization' : 'own';
      return [{ name: parseListedNamespaceName(username.toLowerCase()), origin }];
    } catch {
      return []; // an account such as an email address names no namespace
    }
  }

  #recordRepositories(namespace: NamespaceName, entries: readonly RepositoryEntry[]): void {
    const listed = new Map(entries.map(({ repository }) => [formatRepository(repository), repository]));
    for (const [name, repository] of this.#listedRepositories) {
      if (repository.namespace === namespace && !listed.has(name)) {
        this.#listedRepositories.delete(name);
      }
    }
    for (const [name, repository] of listed) {
      this.#listedRepositories.set(name, repository);
    }
  }

  /**
   * An organization access token without the right to list gets a list without the private repositories, and nothing
   * says so. A list with a private repository in it proves that the token has the right.
   */
  #mayMissPrivate(namespace: NamespaceName, listed: readonly Repository[] | undefined): boolean {
    const isOwnOrganisation =
      this.#account?.isOrganisation === true && this.#account.username.toLowerCase() === namespace;
    return isOwnOrganisation && listed !== undefined && !listed.some(({ isPrivate }) => isPrivate);
  }

  async #loadAll(open: readonly OpenNamespace[]): Promise<void> {
    await Promise.all(
      open.flatMap(({ namespace: { namespace }, repositories }) => [
        this.#repositoriesOf(namespace.name).load(),
        ...repositories.map((repository) => this.contentsOf(repository).load()),
      ]),
    );
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

  /** Messages show only how many entries could not be read; the log names each of them. */
  async #loggedList<T>(name: string, reading: Promise<ReadableList<T>>): Promise<ReadableList<T>> {
    const list = await this.#logged(reading);
    this.#logUnread(name, list.unread);
    return list;
  }

  #logUnread(name: string, unread: readonly UnreadPart[]): void {
    for (const { position, count, reason } of unread) {
      const first = position + 1;
      const which =
        count === undefined
          ? `entries from ${first}`
          : count === 1
            ? `entry ${first}`
            : `entries ${first} to ${position + count}`;
      this.#options.log.warn(`${name}: ${which} could not be read: ${reason}`);
    }
  }

  /** The log has a failure in full; rows and messages show only its reason. */
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
