import * as v from 'valibot';
import type { HubAnswer } from '../http/http';
import { count, decode, list, object, protocolError, text, type WireSchema } from '../wireShape';

/** One page of a listing with `count`, `next`, `previous` and `results`. */
export interface WirePage<T> {
  /** Entries on all pages. */
  readonly count: number;
  readonly items: readonly T[];
  readonly hasNext: boolean;
}

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
  const page = decode(
    object({ count, next: v.nullish(text), previous: v.nullish(text), results: list(item) }),
    answer,
  );
  return { count: page.count, items: page.results, hasNext: checkNextLink(page.next, answer, context) };
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
