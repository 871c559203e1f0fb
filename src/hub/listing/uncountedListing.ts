import { HubError, isHubError } from '../errors';
import { type ReadableList, unreadAfter, type UnreadPart } from '../readableList';
import { isMissingPage, pagesLimit } from './pages';

/** One page of a listing that does not report its total count. */
export interface UncountedPage<T> extends ReadableList<T> {
  readonly hasNext: boolean;
}

/** How to read a listing that does not report its total count. */
export interface UncountedListing<T> {
  /** Requests the page with this number, from 1. */
  readonly read: (page: number) => Promise<UncountedPage<T>>;
  /** Number of entries requested per page. */
  readonly pageSize: number;
}

/**
 * Reads the pages one after another until the server has no more, denies a page, or repeats itself. What was read before
 * that is kept.
 *
 * @returns Each entry once, and what could not be read. The number of entries on pages that were not read is not known.
 * @throws Whatever `read` throws, except that a page other than the first is missing or forbidden.
 */
export async function readUncounted<T extends string>(
  listing: UncountedListing<T>,
): Promise<ReadableList<T>> {
  const found = new FoundEntries<T>();
  for (let number = 1; number <= pagesLimit; number += 1) {
    const page = await readUnlessDenied(listing, number);
    if (page instanceof HubError) {
      const isEnd = isMissingPage(page) && found.lastLength < listing.pageSize;
      return isEnd ? found.list() : found.list(`next: page ${number} could not be read: ${page.kind}`);
    }
    const hasNew = found.add(page);
    // An empty page ends the list, in case its link to the next page never ends.
    if (!page.hasNext || found.lastLength === 0) {
      return found.list();
    }
    if (!hasNew) {
      return found.list(`next: page ${number} links to another page, but has nothing new`);
    }
  }
  return found.list(`next: more than ${pagesLimit} pages`);
}

async function readUnlessDenied<T>(
  { read }: UncountedListing<T>,
  number: number,
): Promise<UncountedPage<T> | HubError> {
  try {
    return await read(number);
  } catch (error) {
    if (number > 1 && (isMissingPage(error) || isHubError(error, 'forbidden'))) {
      return error;
    }
    throw error;
  }
}

/** The entries of the pages so far. */
class FoundEntries<T> {
  readonly #items = new Set<T>();
  readonly #unread: UnreadPart[] = [];
  #length = 0;
  #lastLength = 0;
  #lastUnread: string | undefined;

  /** Number of entries on the last page. */
  get lastLength(): number {
    return this.#lastLength;
  }

  /** @returns Whether the page has anything that the page before it, or any other, does not have. */
  add({ items, unread }: ReadableList<T>): boolean {
    const before = this.#items.size;
    for (const item of items) {
      this.#items.add(item);
    }
    this.#unread.push(...unreadAfter(this.#length, unread));
    this.#lastLength = items.length + unread.length;
    this.#length += this.#lastLength;
    const repeatsUnread = this.#lastUnread === JSON.stringify(unread);
    this.#lastUnread = JSON.stringify(unread);
    return this.#items.size > before || !repeatsUnread;
  }

  /** @param reason Why there may be more entries. */
  list(reason?: string): ReadableList<T> {
    const items = [...this.#items];
    return reason === undefined
      ? { items, unread: this.#unread }
      : { items, unread: [...this.#unread, { position: this.#length, count: undefined, reason }] };
  }
}
