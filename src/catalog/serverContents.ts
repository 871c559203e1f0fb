import type { ImageApi } from '../hub/imageApi';
import type { Namespace, Repository } from '../hub/model';
import { formatRepository, type NamespaceName, type RepositoryRef } from '../hub/names';
import { Disposable } from '../util/dispose';
import type { ContentsQuery } from './listing';
import { Loadable } from './loadable';
import { RepositoryContents } from './repositoryContents';

export interface ServerContentsOptions {
  readonly api: Pick<ImageApi, 'getSummary' | 'listImages'>;
  readonly listNamespaces: (signal: AbortSignal) => Promise<readonly Namespace[]>;
  readonly listRepositories: (
    namespace: NamespaceName,
    signal: AbortSignal,
  ) => Promise<readonly Repository[]>;
  readonly query: (repository: RepositoryRef) => ContentsQuery;
  /** The server's time. */
  readonly now: () => Date;
  readonly onDidReadSummary: (repository: RepositoryRef) => void;
  readonly onDidReadImagesAgain: () => void;
  readonly onDidReadRest: (repository: RepositoryRef) => void;
}

/** What is known of one server. Nothing is read before it is asked for. */
export class ServerContents extends Disposable {
  readonly namespaces: Loadable<readonly Namespace[]>;
  readonly #options: ServerContentsOptions;
  readonly #repositories = new Map<NamespaceName, Loadable<readonly Repository[]>>();
  readonly #contents = new Map<string, RepositoryContents>();

  constructor(options: ServerContentsOptions) {
    super();
    this.#options = options;
    this.namespaces = this.register(new Loadable(options.listNamespaces));
  }

  /** The repositories that the server lists in the namespace. */
  repositoriesOf(namespace: NamespaceName): Loadable<readonly Repository[]> {
    const known = this.#repositories.get(namespace);
    if (known !== undefined) {
      return known;
    }
    const { listRepositories } = this.#options;
    const repositories = this.register(new Loadable((signal) => listRepositories(namespace, signal)));
    this.#repositories.set(namespace, repositories);
    return repositories;
  }

  contentsOf(repository: RepositoryRef): RepositoryContents {
    const known = this.knownContentsOf(repository);
    if (known !== undefined) {
      return known;
    }
    const { api, query, now, onDidReadSummary, onDidReadImagesAgain, onDidReadRest } = this.#options;
    const contents = this.register(
      new RepositoryContents({
        api,
        repository,
        query: () => query(repository),
        now,
        onDidReadSummary: () => onDidReadSummary(repository),
        onDidReadImagesAgain,
        onDidReadRest: () => onDidReadRest(repository),
      }),
    );
    this.#contents.set(formatRepository(repository), contents);
    return contents;
  }

  /** `undefined` where nothing was asked about the repository yet. */
  knownContentsOf(repository: RepositoryRef): RepositoryContents | undefined {
    return this.#contents.get(formatRepository(repository));
  }

  /** Everything that is known is out of date. */
  invalidate(): void {
    this.namespaces.invalidate();
    for (const repositories of this.#repositories.values()) {
      repositories.invalidate();
    }
    this.invalidateContents();
  }

  /** What failed is tried again when somebody looks at it. */
  clearError(): void {
    for (const one of [this.namespaces, ...this.#repositories.values(), ...this.#contents.values()]) {
      one.clearError();
    }
  }

  /** What is known of one namespace and its repositories is out of date. */
  invalidateNamespace(namespace: NamespaceName): void {
    this.#repositories.get(namespace)?.invalidate();
    for (const contents of this.#contents.values()) {
      if (contents.repository.namespace === namespace) {
        contents.invalidate();
      }
    }
  }

  /** What is known of the repositories themselves is out of date, the lists of them are not. */
  invalidateContents(): void {
    for (const contents of this.#contents.values()) {
      contents.invalidate();
    }
  }
}
