import * as vscode from 'vscode';
import type { Connections } from '../connection/connections';
import type { Image, ImagesSummary, Repository } from '../hub/model';
import type { RepositoryRef } from '../hub/names';
import { affectsSetting } from '../settings';
import { Disposable, MutableDisposable } from '../util/dispose';
import { cancellable } from './cancellable';
import type { CatalogEvent } from './catalogEvent';
import type { NamespaceEntry } from './entries';
import type { RepositoryContents } from './repositoryContents';
import { ServerContents, type ServerContentsOptions } from './serverContents';
import type { ViewOptions } from './viewOptions';

export interface HubCatalogOptions extends Omit<ServerContentsOptions, 'viewOptions' | 'onDidChange'> {
  readonly connections: Pick<Connections, 'current' | 'account' | 'onDidChange'>;
  readonly viewOptions: Pick<ViewOptions, 'get' | 'onDidChange'>;
}

/** What has been read from the server in use. Commands query it and the tree shows it; nothing is read in advance. */
export class HubCatalog extends Disposable {
  readonly #options: HubCatalogOptions;
  readonly #server = this.register(new MutableDisposable<ServerContents>());
  readonly #didChange = this.register(new vscode.EventEmitter<CatalogEvent>());
  #account: string | undefined;

  readonly onDidChange = this.#didChange.event;

  constructor(options: HubCatalogOptions) {
    super();
    this.#options = options;
    this.register(options.connections.onDidChange(() => this.#connect()));
    this.register(options.viewOptions.onDidChange((change) => this.#server.value?.followView(change)));
    this.register(vscode.workspace.onDidChangeConfiguration((change) => this.#followSettings(change)));
    this.#connect();
  }

  /** The server in use; `undefined` while nobody is signed in. */
  get server(): ServerContents | undefined {
    return this.#server.value;
  }

  /** The account that everything was read with. */
  get account(): string | undefined {
    return this.#account;
  }

  /** The repositories listed so far, in the order in which they were listed first. */
  get repositories(): readonly Repository[] {
    return this.#server.value?.repositories ?? [];
  }

  /** @returns `undefined` if no request was made about the repository yet. */
  contents(repository: RepositoryRef): RepositoryContents | undefined {
    return this.#server.value?.knownContentsOf(repository);
  }

  /** The images of the repository that were read so far, in the order and under the filter chosen for it. */
  loadedImages(repository: RepositoryRef): readonly Image[] {
    return this.contents(repository)?.listing?.images ?? [];
  }

  /**
   * Lists the images of the repository that were read so far. If there are none, it reads the first page.
   *
   * @param signal Ends only the waiting: others may wait for the same reading.
   * @throws {HubError} They could not be read, or the signal aborted (`cancelled`).
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
   * Gets the counts of the repository's images, and reads them unless they are known.
   *
   * @param signal Ends only the waiting: others may wait for the same reading.
   * @returns `undefined` while nobody is signed in.
   * @throws {HubError} They could not be read, or the signal aborted (`cancelled`).
   */
  async readSummary(repository: RepositoryRef, signal?: AbortSignal): Promise<ImagesSummary | undefined> {
    const contents = this.#server.value?.contentsOf(repository);
    await cancellable(contents?.loadSummary() ?? Promise.resolve(), signal);
    if (contents?.summaryError !== undefined) {
      throw contents.summaryError;
    }
    return contents?.summary;
  }

  /**
   * Lists the repositories of all namespaces, and reads those that are not known.
   *
   * @param signal Ends only the waiting: others may wait for the same reading.
   * @throws {HubError} None could be listed, or the signal aborted (`cancelled`).
   */
  async listRepositories(signal?: AbortSignal): Promise<readonly Repository[]> {
    return this.#listUnder(await this.#listNamespaces(signal), signal);
  }

  /**
   * Lists the namespaces, and reads them unless they are known.
   *
   * @param signal Ends only the waiting: others may wait for the same reading.
   * @throws {HubError} None could be listed, or the signal aborted (`cancelled`).
   */
  async listNamespaces(signal?: AbortSignal): Promise<readonly NamespaceEntry[]> {
    const namespaces = await this.#listNamespaces(signal);
    const [error] = this.#server.value?.listingErrors([]) ?? [];
    if (namespaces.length === 0 && error !== undefined) {
      throw error;
    }
    return namespaces;
  }

  /**
   * Lists the repositories of one namespace, and reads them unless they are known.
   *
   * @param signal Ends only the waiting: others may wait for the same reading.
   * @throws {HubError} None could be listed, or the signal aborted (`cancelled`).
   */
  async listRepositoriesOf(namespace: NamespaceEntry, signal?: AbortSignal): Promise<readonly Repository[]> {
    return this.#listUnder([namespace], signal);
  }

  async #listNamespaces(signal: AbortSignal | undefined): Promise<readonly NamespaceEntry[]> {
    const server = this.#server.value;
    const list = await cancellable(server?.listNamespaces() ?? Promise.resolve(undefined), signal);
    return list === undefined || server !== this.#server.value ? [] : list.entries;
  }

  async #listUnder(
    namespaces: readonly NamespaceEntry[],
    signal: AbortSignal | undefined,
  ): Promise<readonly Repository[]> {
    await cancellable(
      Promise.all(namespaces.map(async (namespace) => this.#server.value?.listRepositories(namespace))),
      signal,
    );
    const names = new Set(namespaces.map(({ namespace }) => namespace.name));
    const repositories = this.repositories.filter(({ namespace }) => names.has(namespace));
    const [error] = this.#server.value?.listingErrors(namespaces) ?? [];
    if (repositories.length === 0 && error !== undefined) {
      throw error;
    }
    return repositories;
  }

  #connect(): void {
    const { current, account } = this.#options.connections;
    const server = this.#server.value;
    if (current !== undefined && current === server?.connection && account === this.#account) {
      server.clearErrors(); // the same user again with a new token, or one more account
      return;
    }
    this.#account = account;
    this.#server.value =
      current &&
      new ServerContents(current, {
        ...this.#options,
        onDidChange: (event) => this.#didChange.fire(event),
      });
    this.#didChange.fire({ kind: 'serverChanged' });
  }

  #followSettings(change: vscode.ConfigurationChangeEvent): void {
    if (affectsSetting(change, 'activityWindowDays')) {
      this.#server.value?.followWindow();
    } else if (affectsSetting(change, 'namespaces', 'repositories')) {
      this.#didChange.fire({ kind: 'addedChanged' });
    }
  }
}
