import type { ImagesPage, ImagesQuery } from '../imageApi';
import { formatRepository, type RepositoryRef } from '../names';
import type { ListingApi } from './inventory';

/** What is older is read again: a list of which one part is much older than another is one of no moment. */
export const pageLifetimeMs = 5 * 60 * 1000;

interface CachedPage {
  readonly page: ImagesPage;
  readonly readAt: Date;
}

/**
 * Pages of a reading that was given up, for the same reading to go on from there: of the same repository, against the same
 * `activeFrom`, as many a page. They are judged as those that took long are: where they contradict the others, or the
 * summary, which is asked for anew, all pages are read again.
 */
export class PageCache {
  readonly #now: () => Date;
  /** By repository, then by what was asked for. */
  readonly #pages = new Map<string, Map<string, CachedPage>>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Whether there is anything to go on from. */
  get isEmpty(): boolean {
    return ![...this.#pages.values()].some((pages) => [...pages.values()].some(this.#isFresh));
  }

  clear(): void {
    this.#pages.clear();
  }

  /** The API, asked only for pages that are not kept; those are kept from now on. */
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
