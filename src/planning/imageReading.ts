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

/** Every image of some repositories, judged against one instant. */
export interface ReadImages extends Inventories {
  readonly activeFrom: Date;
}

/** Reads every image of some repositories. Where it was given up, it can go on from there. */
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

  /** How many images were read, of how many. */
  get progress(): { readonly done: number; readonly total: number } {
    return this.#progress;
  }

  /** Whether some of what was read still holds, and the same account and server are in use. */
  get canContinue(): boolean {
    return !this.#pageCache.isEmpty && this.#services.connections.current?.images === this.#images;
  }

  /** Lets go of what was read. */
  forget(): void {
    this.#pageCache.clear();
  }

  /** @throws As {@link readInventories}. */
  async read(signal: AbortSignal, report: ReportProgress): Promise<ReadImages> {
    const { settings, tree, now } = this.#services;
    const activeFrom = (this.#activeFrom ??= await pinActiveFrom(this.#services, this.#repositories, signal));
    const read = await readInventories(this.#pageCache.wrap(this.#images), this.#repositories, {
      activeFrom,
      pageSize: settings.pageSize,
      now,
      expected: (repository) => tree.contents(repository)?.summary?.total ?? 0,
      signal,
      report: (done, total) => {
        this.#progress = { done, total };
        report(done, total);
      },
    });
    return { activeFrom, ...read };
  }
}
