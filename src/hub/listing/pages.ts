import { HubError, isHubError } from '../errors';
import type { HubHttp, HubQuery } from '../http/http';
import { LinkedAbort } from '../http/linkedAbort';
import type { WireSchema } from '../wireShape';
import { readUntilConsistent } from './consistentReading';
import { decodePage, type WirePage } from './pageShape';
import { pagesInOrder } from './pagesInOrder';

/** Request for a listing whose answers have `count`, `next`, `previous` and `results`. */
export interface ListingRequest<T> {
  readonly path: string;
  /** Without `page` and `page_size`. */
  readonly query?: HubQuery;
  readonly pageSize: number;
  readonly item: WireSchema<T>;
  /** Identifies an entry, to detect an entry that is listed twice. */
  readonly keyOf: (item: T) => string;
  readonly signal?: AbortSignal | undefined;
}

/** One checked page of a listing. */
export interface ListedPage<T> {
  /** Entries on all pages. */
  readonly count: number;
  readonly items: readonly T[];
}

/** Pages that contradict each other: the listing changed while it was read, or the server reports a wrong count. */
export class InconsistentListingError extends HubError {
  constructor(path: string, reason: string) {
    super('protocol', { method: 'GET', path, reason });
  }
}

/**
 * Lists all entries. If the pages contradict each other, they are read again until two readings in a row agree.
 *
 * @param onWillReadAgain Called before each repeated reading with its number, from 2, and the latest contradiction.
 * @throws {InconsistentListingError} The pages contradict each other, also when they are read again.
 * @throws {HubError} A request failed.
 */
export function readListing<T>(
  http: HubHttp,
  request: ListingRequest<T>,
  onWillReadAgain: (number: number, contradiction: InconsistentListingError) => void,
): Promise<readonly T[]> {
  return readUntilConsistent({
    read: () => collect(readPages(http, request)),
    isContradiction: (error) => error instanceof InconsistentListingError,
    fingerprintOf: (items) => items.map(request.keyOf).join('\n'),
    onWillReadAgain,
  });
}

async function collect<T>(pages: AsyncIterable<ListedPage<T>>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const { items } of pages) {
    all.push(...items);
  }
  return all;
}

/**
 * Yields all pages of a listing in order. The first page reports the count; the others are then requested in parallel,
 * as many at a time as the client allows. Leaving the loop aborts the pending requests.
 *
 * @throws {InconsistentListingError} A page is missing, repeated, or contradicts the first.
 * @throws {HubError} A request failed.
 */
export async function* readPages<T>(
  http: HubHttp,
  request: ListingRequest<T>,
): AsyncGenerator<ListedPage<T>, void, undefined> {
  const abort = new LinkedAbort([request.signal]);
  const read = (page: number) => readPage(http, request, page, abort.signal);
  try {
    const first = await read(1);
    const checks = new PageChecks(request, first);
    let last = first;
    let number = 0;
    for await (const page of pagesInOrder(first, checks.pageCount, read)) {
      last = page;
      number += 1;
      checks.check(number, page);
      yield { count: page.count, items: page.items };
    }
    if (last.hasNext) {
      await checks.expectEnd(read(checks.pageCount + 1), last);
    }
  } finally {
    abort.dispose();
  }
}

async function readPage<T>(
  http: HubHttp,
  { path, query, pageSize, item }: ListingRequest<T>,
  page: number,
  signal: AbortSignal,
): Promise<WirePage<T>> {
  const answer = await http.get(path, { ...query, page, page_size: pageSize }, signal);
  return decodePage(item, answer, { origin: http.origin, page });
}

/** Checks that all pages belong to one listing. */
class PageChecks<T> {
  readonly pageCount: number;
  readonly #request: ListingRequest<T>;
  readonly #count: number;
  readonly #pageSize: number;
  readonly #seen = new Set<string>();

  constructor(request: ListingRequest<T>, first: WirePage<T>) {
    this.#request = request;
    this.#count = first.count;
    // A server may return fewer entries per page than requested.
    this.#pageSize = first.hasNext && first.items.length > 0 ? first.items.length : request.pageSize;
    this.pageCount = Math.max(1, Math.ceil(first.count / this.#pageSize));
  }

  check(number: number, page: WirePage<T>): void {
    if (page.count !== this.#count) {
      throw this.#error(`count: was ${this.#count}, is ${page.count} on page ${number}`);
    }
    const before = (number - 1) * this.#pageSize;
    const expected = Math.min(this.#pageSize, this.#count - before);
    if (page.items.length !== expected) {
      throw this.#error(`results: page ${number} has ${page.items.length} entries instead of ${expected}`);
    }
    if (number < this.pageCount && !page.hasNext) {
      throw this.#error(`next: missing on page ${number} of ${this.pageCount}`);
    }
    for (const item of page.items) {
      this.#seen.add(this.#request.keyOf(item));
    }
    if (this.#seen.size !== before + expected) {
      throw this.#error(`results: page ${number} repeats an entry`);
    }
  }

  /**
   * The last page according to the count links to one more. That page may be empty, or missing if the last one is
   * short. Anything else contradicts the count.
   */
  async expectEnd(reading: Promise<WirePage<T>>, last: WirePage<T>): Promise<void> {
    try {
      const { items } = await reading;
      if (items.length > 0) {
        throw this.#error(`count: is ${this.#count}, but page ${this.pageCount + 1} has more`);
      }
    } catch (error) {
      const isShort = last.items.length < this.#pageSize;
      if (!isShort || !isHubError(error, 'notFound', 'gone')) {
        throw error;
      }
    }
  }

  #error(reason: string): InconsistentListingError {
    return new InconsistentListingError(this.#request.path, reason);
  }
}
