import type { ImageApi } from '../hub/imageApi';
import { PageCache } from '../hub/listing/pageCache';
import type { RepositoryRef } from '../hub/names';
import type { ReportProgress } from '../interaction/progress';
import type { Services } from '../interaction/services';
import { pinActiveFrom, type WindowServices } from './activeFrom';
import { type Inventories, readInventories } from './readInventories';

/** The part of the services that a reading needs. */
export interface ReadingServices extends WindowServices {
  readonly connections: Pick<Services['connections'], 'current' | 'require'>;
  readonly settings: Pick<Services['settings'], 'activityWindowDays' | 'pageSize'>;
}

/** Every image of several repositories, all against one `activeFrom`. */
export interface ReadImages extends Inventories {
  readonly activeFrom: Date;
}

/** Reads every image of several repositories. A cancelled reading can continue with the pages it has. */
export class ImageReading {
  readonly #services: ReadingServices;
  readonly #repositories: readonly RepositoryRef[];
  readonly #images: ImageApi;
  readonly #pageCache: PageCache;
  #activeFrom: Date | undefined;
  #progress = { done: 0, total: 0 };

  constructor(services: ReadingServices, repositories: readonly RepositoryRef[]) {
    this.#services = services;
    this.#repositories = repositories;
    this.#images = services.connections.require().images;
    this.#pageCache = new PageCache(services.now);
  }

  /** How many images have been read, and how many there are. */
  get progress(): { readonly done: number; readonly total: number } {
    return this.#progress;
  }

  /** Whether there are pages that are still valid, and the account and server are the same. */
  get canContinue(): boolean {
    return !this.#pageCache.isEmpty && this.#services.connections.current?.images === this.#images;
  }

  /** Discards the pages that were read. */
  discard(): void {
    this.#pageCache.clear();
  }

  /** @throws {HubError} As {@link readInventories} and {@link pinActiveFrom}. */
  async read(signal: AbortSignal, report: ReportProgress): Promise<ReadImages> {
    const { settings, catalog, now } = this.#services;
    const activeFrom = (this.#activeFrom ??= await pinActiveFrom(this.#services, this.#repositories, signal));
    const read = await readInventories(this.#pageCache.wrap(this.#images), this.#repositories, {
      activeFrom,
      pageSize: settings.pageSize,
      now,
      expected: (repository) => catalog.contents(repository)?.summary?.total ?? 0,
      signal,
      report: (done, total) => {
        this.#progress = { done, total };
        report(done, total);
      },
    });
    return { activeFrom, ...read };
  }
}
