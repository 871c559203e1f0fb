import { HubError, isHubError } from '../errors';
import type { HubHttp, HubQuery } from '../http/http';
import { LinkedAbort } from '../http/linkedAbort';
import { type ReadableList, unreadAfter, type UnreadPart } from '../readableList';
import type { WireSchema } from '../wireShape';
import { readUntilConsistent } from './consistentReading';
import { decodeReadablePage, type ReadablePage } from './pageShape';
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

/** What sends the requests for pages. */
type PageSource = Pick<HubHttp, 'get' | 'origin'>;

/** One checked page of a listing. */
export interface ListedPage<T> extends ReadableList<T> {
  /** Entries on all pages. */
  readonly count: number;
}

/** Pages that contradict each other: the listing changed while it was read, or the server reports a wrong count. */
export class InconsistentListingError extends HubError {
  constructor(path: string, reason: string) {
    super('protocol', { method: 'GET', path, reason });
  }
}

/** Ends a listing that a server never ends. Docker Hub has up to 100 entries on a page. */
export const pagesLimit = 1_000;

/**
 * Lists all entries. If the pages contradict each other, they are read again until two readings in a row agree.
 *
 * @param onWillReadAgain Called before each repeated reading with its number, from 2, and the latest contradiction.
 * @returns The entries, and what of the listing could not be read, with positions in the whole listing.
 * @throws {InconsistentListingError} The pages contradict each other, also when they are read again.
 * @throws {HubError} A request failed.
 */
export function readListing<T>(
  http: PageSource,
  request: ListingRequest<T>,
  onWillReadAgain: (number: number, contradiction: InconsistentListingError) => void,
): Promise<ReadableList<T>> {
  return readUntilConsistent({
    read: () => collect(readPages(http, request)),
    isContradiction: (error) => error instanceof InconsistentListingError,
    fingerprintOf: ({ items, unread }) => JSON.stringify([items.map(request.keyOf), unread]),
    onWillReadAgain,
  });
}

async function collect<T>(pages: AsyncIterable<ListedPage<T>>): Promise<ReadableList<T>> {
  const items: T[] = [];
  const unread: UnreadPart[] = [];
  for await (const page of pages) {
    items.push(...page.items);
    unread.push(...page.unread);
  }
  return { items, unread };
}

/**
 * Yields all pages of a listing in order. The first page reports the count; the others are then requested in parallel,
 * as many at a time as the client allows. Pages may have fewer entries than requested. Leaving the loop aborts the
 * pending requests.
 *
 * @throws {InconsistentListingError} A page is missing, repeated, or contradicts the first.
 * @throws {HubError} A request failed.
 */
export async function* readPages<T>(
  http: PageSource,
  request: ListingRequest<T>,
): AsyncGenerator<ListedPage<T>, void, undefined> {
  const abort = new LinkedAbort([request.signal]);
  const read = (number: number) => readLaterPage(http, request, number, abort.signal);
  try {
    const first = await readPage(http, request, 1, abort.signal);
    const listing = new PageSequence(request, first.count);
    for await (const page of pagesInOrder(first, pageCountOf(first, request.pageSize), read)) {
      yield listing.add(page);
      if (!listing.hasNext) {
        return;
      }
    }
    while (listing.hasNext) {
      yield listing.add(await read(listing.pageCount + 1));
    }
  } finally {
    abort.dispose();
  }
}

/** A server may return fewer entries per page than requested; the number of pages is an estimate then. */
function pageCountOf(first: ReadablePage<unknown>, pageSize: number): number {
  const size = first.hasNext && rowsOf(first) > 0 ? rowsOf(first) : pageSize;
  return Math.min(pagesLimit, Math.max(1, Math.ceil(first.count / size)));
}

async function readPage<T>(
  http: PageSource,
  { path, query, pageSize, item }: ListingRequest<T>,
  page: number,
  signal: AbortSignal,
): Promise<ReadablePage<T>> {
  const answer = await http.get(path, { ...query, page, page_size: pageSize }, signal);
  return decodeReadablePage(item, answer, { origin: http.origin, page });
}

/** @returns `undefined` if there is no such page. */
async function readLaterPage<T>(
  ...[http, request, page, signal]: Parameters<typeof readPage<T>>
): Promise<ReadablePage<T> | undefined> {
  try {
    return await readPage(http, request, page, signal);
  } catch (error) {
    if (isMissingPage(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Whether the request for a page other than the first failed because there is no such page. */
export function isMissingPage(error: unknown): error is HubError {
  return isHubError(error, 'notFound', 'gone');
}

function rowsOf({ items, unread }: ReadableList<unknown>): number {
  return items.length + unread.length;
}

/** Checks that all pages belong to one listing, and knows where it ends. */
class PageSequence<T> {
  readonly #request: ListingRequest<T>;
  readonly #count: number;
  readonly #seen = new Set<string>();
  /** Entries on the pages so far, also those that could not be read. */
  #rows = 0;
  #pageCount = 0;
  #isLastShort = false;
  #hasNext = true;

  constructor(request: ListingRequest<T>, count: number) {
    this.#request = request;
    this.#count = count;
  }

  get pageCount(): number {
    return this.#pageCount;
  }

  /** Whether the page after those so far has to be requested. */
  get hasNext(): boolean {
    return this.#hasNext;
  }

  /** @param page The page after those so far; `undefined` if there is no such page. */
  add(page: ReadablePage<T> | undefined): ListedPage<T> {
    if (page === undefined) {
      return this.#endAtMissingPage();
    }
    const before = this.#rows;
    this.#pageCount += 1;
    if (rowsOf(page) > 0 || before < this.#count) {
      this.#check(page);
    }
    this.#hasNext = page.hasNext && rowsOf(page) > 0;
    this.#isLastShort = rowsOf(page) < this.#request.pageSize;
    if (!this.#hasNext && this.#rows < this.#count) {
      throw this.#error(`count: is ${this.#count}, but the pages have ${this.#rows}`);
    }
    const unread = unreadAfter(before, page.unread);
    return { count: page.count, items: page.items, unread: [...unread, ...this.#endAtLimit()] };
  }

  #check(page: ReadablePage<T>): void {
    const number = this.#pageCount;
    if (page.count !== this.#count) {
      throw this.#error(`count: was ${this.#count}, is ${page.count} on page ${number}`);
    }
    this.#rows += rowsOf(page);
    const expected = this.#seen.size + page.items.length;
    for (const item of page.items) {
      this.#seen.add(this.#request.keyOf(item));
    }
    if (this.#seen.size !== expected) {
      throw this.#error(`results: page ${number} repeats an entry`);
    }
    if (this.#rows > this.#count) {
      throw this.#error(`count: is ${this.#count}, but page ${number} has more`);
    }
  }

  /** A page with fewer entries than requested may link to a page that does not exist. */
  #endAtMissingPage(): ListedPage<T> {
    const missing = `next: page ${this.#pageCount + 1} does not exist`;
    if (!this.#isLastShort) {
      throw this.#error(missing);
    }
    this.#hasNext = false;
    return {
      count: this.#count,
      items: [],
      unread: this.#rest(`${missing}, but the count is ${this.#count}`),
    };
  }

  #endAtLimit(): readonly UnreadPart[] {
    if (!this.#hasNext || this.#pageCount < pagesLimit) {
      return [];
    }
    this.#hasNext = false;
    return this.#rest(`next: more than ${pagesLimit} pages`);
  }

  /** What the count promises after the pages so far. */
  #rest(reason: string): readonly UnreadPart[] {
    const count = this.#count - this.#rows;
    return count === 0 ? [] : [{ position: this.#rows, count, reason }];
  }

  #error(reason: string): InconsistentListingError {
    return new InconsistentListingError(this.#request.path, reason);
  }
}
