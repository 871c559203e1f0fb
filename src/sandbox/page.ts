import type { Query, QueryReader } from './query';

export interface PageRequest {
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

export interface Page<T> {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly T[];
}

const defaultPageSize = 10;
const largestPageSize = 100;

export function readPageRequest(reader: QueryReader): PageRequest {
  return {
    page: reader.integer('page', { fallback: 1 }),
    pageSize: reader.integer('page_size', { fallback: defaultPageSize, most: largestPageSize }),
  };
}

/**
 * One page of a listing, with links to its neighbours that carry the same query.
 *
 * @param count What the listing says it has, which may lag behind; its links go by that too.
 */
export function pageOf<T, U>(
  items: readonly T[],
  { page, pageSize }: PageRequest,
  { url, query }: { readonly url: string; readonly query: Query },
  show: (item: T) => U,
  count: number = items.length,
): Page<U> {
  const link = (target: number) =>
    `${url}?${new URLSearchParams({ ...query, page: `${target}`, page_size: `${pageSize}` }).toString()}`;
  return {
    count,
    next: page * pageSize < count ? link(page + 1) : null,
    previous: page > 1 ? link(page - 1) : null,
    results: items.slice((page - 1) * pageSize, page * pageSize).map(show),
  };
}
