import type { DeletionAnswer } from './deletionAnswer';
import type { DeletionRequest, ReviewedRequest } from './deletionRequest';
import { isHubError } from './errors';
import type { CheckId, ImageApi, ImagesPage, ImagesQuery, ReadAtOnceOptions } from './imageApi';
import type { IncompleteInventoryError } from './incompleteInventory';
import type { Image, ImagesSummary } from './model';
import type { RepositoryRef } from './names';

/**
 * How images are seen and deleted:
 *
 * - `management`: by the image-management API of the server
 * - `registry`: by the lists and the registry that Docker Hub has today
 */
export const imageApiKinds = ['management', 'registry'] as const;
export type ImageApiKind = (typeof imageApiKinds)[number];

export interface AutoImageApiOptions {
  readonly management: ImageApi;
  /** Loads the other one, which costs nothing until it is wanted. */
  readonly registry: () => Promise<ImageApi>;
  /** What the person has decided; `undefined` leaves it to the server. */
  readonly decided: ImageApiKind | undefined;
  /** The server was found to offer this one. */
  readonly onDidChoose: (kind: ImageApiKind) => void;
  /** A listing is read again, because it contradicted itself. */
  readonly onWillReadAgain: (number: number, contradiction: IncompleteInventoryError) => void;
}

/**
 * One of two ways, chosen by what the server offers: the image-management API where it answers, else the registry. Chosen
 * once, for as long as the connection lives, so that nothing is planned by one and deleted by the other.
 */
export class AutoImageApi implements ImageApi {
  readonly #options: AutoImageApiOptions;
  #kind: ImageApiKind | undefined;
  /** Shared by all that find the operation missing at the same time. */
  #probe: Promise<boolean> | undefined;
  #registry: Promise<ImageApi> | undefined;

  constructor(options: AutoImageApiOptions) {
    this.#options = options;
    this.#kind = options.decided;
  }

  /** What is in use; `undefined` before the server was asked for anything. */
  get kind(): ImageApiKind | undefined {
    return this.#kind;
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
      if (this.#kind === undefined) {
        await api.getSummary(repository, {}, options.signal); // decides, for there is nothing else to ask for
      }
      return api.readAtOnce?.(repository, options);
    });
  }

  reportRereading(number: number, contradiction: IncompleteInventoryError): void {
    this.#options.onWillReadAgain(number, contradiction);
  }

  dryRun(request: DeletionRequest, signal?: AbortSignal, check?: CheckId): Promise<DeletionAnswer> {
    return this.#read(request.repository, signal, (api) => api.dryRun(request, signal, check));
  }

  /** Never a second time another way: what was approved was checked by one of them. */
  async deleteImages(request: ReviewedRequest, signal?: AbortSignal): Promise<DeletionAnswer> {
    return (await this.#current()).deleteImages(request, signal);
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

  /** One missing operation may be an incident; the one that changes nothing and needs no plan tells. */
  async #isManagementGone(repository: RepositoryRef, signal: AbortSignal | undefined): Promise<boolean> {
    this.#probe ??= this.#options.management
      .getSummary(repository, {}, signal)
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
      return Promise.resolve(this.#options.management);
    }
    this.#registry ??= this.#options.registry();
    return this.#registry;
  }

  #choose(kind: ImageApiKind): void {
    if (this.#kind === undefined) {
      this.#kind = kind;
      this.#options.onDidChoose(kind);
    }
  }
}
