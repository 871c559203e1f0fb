import type { ImagesPage, ImagesQuery } from '../imageApi';
import { formatRepository, type RepositoryRef } from '../names';
import type { ListingApi } from './inventory';

/** What is older is read again: a list of which one part is much older than another is one of no moment. */
export const keptMs = 5 * 60 * 1000;

interface KeptPage {
  readonly page: ImagesPage;
  readonly at: Date;
}

/**
 * Pages of a reading that was given up, for the same reading to go on from there: of the same repository, against the same
 * `activeFrom`, as many a page. They are judged as those that took long are: where they contradict the others, or the
 * summary, which is asked for anew, all pages are read again.
 */
export class KeptPages {
  readonly #now: () => Date;
  /** By repository, then by what was asked for. */
  readonly #pages = new Map<string, Map<string, KeptPage>>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Whether there is anything to go on from. */
  get isEmpty(): boolean {
    return ![...this.#pages.values()].some((pages) => [...pages.values()].some(this.#isYoung));
  }

  clear(): void {
    this.#pages.clear();
  }

  /** The API, asked only for pages that are not kept; those are kept from now on. */
  over(api: ListingApi): ListingApi {
    const { readAtOnce } = api;
    return {
      getSummary: (...query) => api.getSummary(...query),
      listImages: (repository, query, signal) =>
        this.#page(repository, query, () => api.listImages(repository, query, signal)),
      ...(readAtOnce !== undefined && {
        readAtOnce: (...query) => readAtOnce.apply(api, query),
      }),
      noteRereading: (number, contradiction) => {
        this.#pages.delete(formatRepository(contradiction.repository));
        api.noteRereading?.(number, contradiction);
      },
    };
  }

  async #page(
    repository: RepositoryRef,
    query: ImagesQuery,
    read: () => Promise<ImagesPage>,
  ): Promise<ImagesPage> {
    const name = formatRepository(repository);
    const asked = JSON.stringify(query);
    const kept = this.#pages.get(name)?.get(asked);
    if (kept !== undefined && this.#isYoung(kept)) {
      return kept.page;
    }
    const page = await read();
    const pages = this.#pages.get(name) ?? new Map<string, KeptPage>();
    this.#pages.set(name, pages.set(asked, { page, at: this.#now() }));
    return page;
  }

  readonly #isYoung = ({ at }: KeptPage): boolean => this.#now().getTime() - at.getTime() < keptMs;
}
