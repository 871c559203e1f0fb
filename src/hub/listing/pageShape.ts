import * as v from 'valibot';
import type { HubAnswer } from '../http/http';
import type { SalvagedList, UnreadPart } from '../readableList';
import {
  count,
  decode,
  list,
  object,
  protocolError,
  readableList,
  text,
  type WireSchema,
} from '../wireShape';

/** One page of a listing with `count`, `next`, `previous` and `results`. */
export interface WirePage<T> {
  /** Entries on all pages. */
  readonly count: number;
  readonly items: readonly T[];
  readonly hasNext: boolean;
}

/** One page of a listing whose entries are judged one by one. */
export interface ReadablePage<T> extends WirePage<T> {
  /** Entries that could not be read, with their positions on this page. */
  readonly unread: readonly UnreadPart[];
}

/** One page of a listing whose entries may be readable in part. */
export type SalvagedPage<T> = WirePage<T> & SalvagedList<T>;

/** The request that a page answers, used to check the answer. */
export interface PageContext {
  /** Origin of the server. A link to another server is rejected. */
  readonly origin: string;
  /** Number of the requested page, from 1. */
  readonly page: number;
}

/**
 * Decodes a page and checks its link to the next page. The link is never followed: pages are requested by number.
 *
 * @param item Schema of one entry of `results`.
 * @throws {HubError} `protocol`: a wrong shape, or a link to another server or to a page other than the next one.
 */
export function decodePage<T>(
  item: WireSchema<T>,
  answer: Omit<HubAnswer, 'headers'>,
  context: PageContext,
): WirePage<T> {
  const { results, ...page } = decodeResults(list(item), answer, context);
  return { ...page, items: results };
}

/**
 * Does the same, but an entry that does not match the schema is only set apart.
 *
 * @throws {HubError} As {@link decodePage}, but not for the shape of an entry.
 */
export function decodeReadablePage<T>(
  item: WireSchema<T>,
  answer: Omit<HubAnswer, 'headers'>,
  context: PageContext,
): ReadablePage<T> {
  const { results, ...page } = decodeResults(readableList(item), answer, context);
  return { ...page, ...results };
}

/**
 * Does the same, but keeps what can be read of an entry.
 *
 * @param entries Schema of `results`.
 * @throws {HubError} As {@link decodeReadablePage}.
 */
export function decodeSalvagedPage<T>(
  entries: WireSchema<SalvagedList<T>>,
  answer: Omit<HubAnswer, 'headers'>,
  context: PageContext,
): SalvagedPage<T> {
  const { results, ...page } = decodeResults(entries, answer, context);
  return { ...page, ...results };
}

function decodeResults<R>(
  results: WireSchema<R>,
  answer: Omit<HubAnswer, 'headers'>,
  context: PageContext,
): { readonly count: number; readonly hasNext: boolean; readonly results: R } {
  const page = decode(object({ count, next: v.nullish(text), previous: v.nullish(text), results }), answer);
  return { count: page.count, hasNext: checkNextLink(page.next, answer, context), results: page.results };
}

/**
 * Checks the link to the next page.
 *
 * @param next Absolute URL, or URL relative to the path of the answer.
 * @returns Whether there is a link.
 * @throws {HubError} `protocol`: not a URL, or a link to another server or to a page other than the next one.
 */
export function checkNextLink(
  next: string | null | undefined,
  answer: Omit<HubAnswer, 'headers'>,
  { origin, page }: PageContext,
): boolean {
  if (next === null || next === undefined || next === '') {
    return false;
  }
  const link = resolve(next, origin + answer.path);
  if (link === undefined) {
    throw protocolError(answer, 'next: expected a link');
  }
  if (link.origin !== origin) {
    const server = link.origin === 'null' ? link.protocol : link.origin; // only schemes such as http have an origin
    throw protocolError(answer, `next: leads to another server, ${server}`);
  }
  const target = link.searchParams.get('page');
  if (target !== null && Number(target) !== page + 1) {
    throw protocolError(answer, `next: page ${page} must lead to page ${page + 1}`);
  }
  return true;
}

function resolve(link: string, base: string): URL | undefined {
  try {
    return new URL(link, base);
  } catch {
    return undefined;
  }
}
