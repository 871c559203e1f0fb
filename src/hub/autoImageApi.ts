import type { DeletionRight } from './deletionRight';
import type { DeletionAnswer } from './deletionAnswer';
import type { DeletionRequest, ReviewedRequest } from './deletionRequest';
import { isHubError } from './errors';
import type { Digest } from './digest';
import type {
  CheckId,
  DeletionRun,
  ExistenceOptions,
  ImageApi,
  ImagesPage,
  ImagesQuery,
  NeededReading,
  ReadAtOnceOptions,
} from './imageApi';
import type { IncompleteInventoryError } from './incompleteInventory';
import type { Image, ImagesSummary } from './model';
import type { RepositoryRef } from './names';

/**
 * The APIs for listing and deleting images:
 *
 * - `management`: the image-management API, which hub.docker.com no longer has
 * - `registry`: the lists and the registry that Docker Hub has today
 */
export const imageApiKinds = ['management', 'registry'] as const;
/** One of {@link imageApiKinds}. */
export type ImageApiKind = (typeof imageApiKinds)[number];

/** The two APIs that {@link AutoImageApi} chooses from, and its events. */
export interface AutoImageApiOptions {
  /** Loads the image-management API. Called at most once, and only if it is needed. */
  readonly management: () => Promise<ImageApi>;
  /** Loads the registry API. Called at most once, and only if it is needed. */
  readonly registry: () => Promise<ImageApi>;
  /** The user's choice; `undefined` to detect what the server offers. */
  readonly decided: ImageApiKind | undefined;
  /** Called once when the API was detected. Not called if the user has chosen. */
  readonly onDidChoose: (kind: ImageApiKind) => void;
  /**
   * Called when a listing is read again because it contradicted itself.
   *
   * @param number Number of the reading that begins; the first repetition is 2.
   */
  readonly onWillReadAgain: (number: number, contradiction: IncompleteInventoryError) => void;
}

/**
 * Uses the image-management API if the server offers it, otherwise the registry. The choice holds for as long as the
 * connection, so that a plan made with one API is never executed with the other.
 */
export class AutoImageApi implements ImageApi {
  readonly #options: AutoImageApiOptions;
  #kind: ImageApiKind | undefined;
  /** Shared by all calls that find an operation missing at the same time. */
  #probe: Promise<boolean> | undefined;
  #management: Promise<ImageApi> | undefined;
  #registry: Promise<ImageApi> | undefined;
  #loadedRegistry: ImageApi | undefined;

  constructor(options: AutoImageApiOptions) {
    this.#options = options;
    this.#kind = options.decided;
  }

  /** The API in use; `undefined` before the first answer of the server. */
  get kind(): ImageApiKind | undefined {
    return this.#kind;
  }

  /** That of the API in use, which is known once it has answered a dry run. */
  get imagesAtOnce(): number | undefined {
    return this.#loadedRegistry?.imagesAtOnce;
  }

  getSummary(
    repository: RepositoryRef,
    query: Pick<ImagesQuery, 'activeFrom'>,
    signal?: AbortSignal,
  ): Promise<ImagesSummary> {
    return this.#read(repository, signal, (api) => api.getSummary(repository, query, signal));
  }

  listImages(repository: RepositoryRef, query: ImagesQuery, signal?: AbortSignal): Promise<ImagesPage> {
    return this.#read(repository, signal, (api) => api.listImages(repository, query, signal));
  }

  async readAtOnce(
    repository: RepositoryRef,
    options: ReadAtOnceOptions,
  ): Promise<readonly Image[] | undefined> {
    return this.#read(repository, options.signal, async (api) => {
      await this.#detect(api, repository, options.signal);
      return api.readAtOnce?.(repository, options);
    });
  }

  async neededReading(
    repository: RepositoryRef,
    digests: readonly Digest[],
    signal?: AbortSignal,
  ): Promise<NeededReading | undefined> {
    return this.#read(repository, signal, async (api) => {
      await this.#detect(api, repository, signal);
      return api.neededReading?.(repository, digests, signal);
    });
  }

  /** Not known before it is known which API is in use. */
  async deletionRight(repository: RepositoryRef): Promise<DeletionRight> {
    return (await (await this.#current()).deletionRight?.(repository)) ?? 'unknown';
  }

  async existing(
    repository: RepositoryRef,
    digests: readonly Digest[],
    options: ExistenceOptions,
  ): Promise<ReadonlyMap<Digest, boolean> | undefined> {
    return this.#read(repository, options.signal, async (api) => {
      await this.#detect(api, repository, options.signal);
      return api.existing?.(repository, digests, options);
    });
  }

  reportRereading(number: number, contradiction: IncompleteInventoryError): void {
    this.#options.onWillReadAgain(number, contradiction);
  }

  dryRun(request: DeletionRequest, signal?: AbortSignal, check?: CheckId): Promise<DeletionAnswer> {
    return this.#read(request.repository, signal, (api) => api.dryRun(request, signal, check));
  }

  /** Never switches to the other API, because the plan was checked by this one. */
  async deleteImages(
    request: ReviewedRequest,
    signal?: AbortSignal,
    run?: DeletionRun,
  ): Promise<DeletionAnswer> {
    return (await this.#current()).deleteImages(request, signal, run);
  }

  /** Costs one request, unless the API is known. */
  async #detect(api: ImageApi, repository: RepositoryRef, signal: AbortSignal | undefined): Promise<void> {
    if (this.#kind === undefined) {
      await api.getSummary(repository, {}, signal);
    }
  }

  async #read<T>(
    repository: RepositoryRef,
    signal: AbortSignal | undefined,
    read: (api: ImageApi) => Promise<T>,
  ): Promise<T> {
    const api = await this.#current();
    if (this.#kind !== undefined) {
      return read(api);
    }
    try {
      const result = await read(api);
      this.#choose('management');
      return result;
    } catch (error) {
      if (!isHubError(error, 'gone') || !(await this.#isManagementGone(repository, signal))) {
        throw error;
      }
    }
    return read(await this.#current());
  }

  /**
   * A single missing operation may be a server error. The summary decides, because it is harmless and needs no plan.
   */
  async #isManagementGone(repository: RepositoryRef, signal: AbortSignal | undefined): Promise<boolean> {
    this.#probe ??= this.#loadManagement()
      .then((management) => management.getSummary(repository, {}, signal))
      .then(
        () => false,
        (error: unknown) => isHubError(error, 'gone'),
      )
      .finally(() => (this.#probe = undefined));
    const isGone = await this.#probe;
    if (isGone) {
      this.#choose('registry');
    }
    return isGone;
  }

  #current(): Promise<ImageApi> {
    if (this.#kind !== 'registry') {
      return this.#loadManagement();
    }
    this.#registry ??= this.#options.registry().then((api) => (this.#loadedRegistry = api));
    return this.#registry;
  }

  #loadManagement(): Promise<ImageApi> {
    return (this.#management ??= this.#options.management());
  }

  #choose(kind: ImageApiKind): void {
    if (this.#kind === undefined) {
      this.#kind = kind;
      this.#options.onDidChoose(kind);
    }
  }
}
