import type { ImagesPage, ImagesQuery } from '../imageApi';
import { formatRepository, type RepositoryRef } from '../names';
import type { ListingApi } from './inventory';

/**
 * How long a page may be reused, in milliseconds. A list with parts of very different ages does not describe any
 * moment.
 */
export const pageLifetimeMs = 5 * 60 * 1000;

interface CachedPage {
  readonly page: ImagesPage;
  readonly readAt: Date;
}

/**
 * Caches the pages of a canceled or failed reading, so that the next reading with the same repository, `activeFrom` and
 * page size can continue from there. Cached pages are checked like new ones: if they contradict other pages or the
 * summary, which is never cached, all pages are read again.
 */
export class PageCache {
  readonly #now: () => Date;
  /** By full repository name, then by query. */
  readonly #pages = new Map<string, Map<string, CachedPage>>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Whether no page can be reused. */
  get isEmpty(): boolean {
    return ![...this.#pages.values()].some((pages) => [...pages.values()].some(this.#isFresh));
  }

  clear(): void {
    this.#pages.clear();
  }

  /** @returns An API that answers from the cache, and requests and caches the pages that are missing. */
  wrap(api: ListingApi): ListingApi {
    const { readAtOnce } = api;
    return {
      getSummary: (...query) => api.getSummary(...query),
      listImages: (repository, query, signal) =>
        this.#page(repository, query, () => api.listImages(repository, query, signal)),
      ...(readAtOnce !== undefined && {
        readAtOnce: (...query) => readAtOnce.apply(api, query),
      }),
      reportRereading: (number, contradiction) => {
        this.#pages.delete(formatRepository(contradiction.repository));
        api.reportRereading?.(number, contradiction);
      },
    };
  }

  async #page(
    repository: RepositoryRef,
    query: ImagesQuery,
    read: () => Promise<ImagesPage>,
  ): Promise<ImagesPage> {
    const name = formatRepository(repository);
    const key = JSON.stringify(query);
    const cached = this.#pages.get(name)?.get(key);
    if (cached !== undefined && this.#isFresh(cached)) {
      return cached.page;
    }
    const page = await read();
    const pages = this.#pages.get(name) ?? new Map<string, CachedPage>();
    this.#pages.set(name, pages.set(key, { page, readAt: this.#now() }));
    return page;
  }

  readonly #isFresh = ({ readAt }: CachedPage): boolean =>
    this.#now().getTime() - readAt.getTime() < pageLifetimeMs;
}
