import type { ImagesOrdering, ImagesPage, ImagesQuery, ListingGap } from '../hub/imageApi';
import type { ActivityStatus, Image } from '../hub/model';
import type { UnreadPart } from '../hub/readableList';

/** Which images of a repository are requested, and how they are sorted. */
export interface ContentsQuery {
  readonly status: ActivityStatus | undefined;
  readonly ordering: ImagesOrdering;
  /** Instant (UTC) from which activity counts; `undefined` leaves it to the server. */
  readonly activeFrom: Date | undefined;
  readonly pageSize: number;
}

/** The images of a repository that were read so far, in the order of the server. */
export interface Listing {
  readonly query: ContentsQuery;
  /** When the first page was requested, by the server's clock. */
  readonly askedAt: Date;
  readonly images: readonly Image[];
  /** Images on all pages, by the server's last count. */
  readonly count: number;
  readonly pageCount: number;
  readonly hasNext: boolean;
  /** What the server cannot show, according to its last response. */
  readonly gaps: readonly ListingGap[];
  /** What of the lists could not be read. */
  readonly unread: readonly UnreadPart[];
  /** Whether the rest is still being read: neither order nor count is final. */
  readonly isPartial: boolean;
}

/** The request for one page, counted from 1. */
export function imagesQuery(
  { status, ordering, activeFrom, pageSize }: ContentsQuery,
  page: number,
): ImagesQuery {
  return {
    ...(status !== undefined && { status }),
    ...(activeFrom !== undefined && { activeFrom }),
    ordering,
    page,
    pageSize,
  };
}

/** Whether one response has every image, according to that response. */
export function isWhole({ query, images, count, pageCount, hasNext, gaps, isPartial }: Listing): boolean {
  const isUnfiltered = query.status === undefined;
  return (
    isUnfiltered && pageCount === 1 && !hasNext && !isPartial && gaps.length === 0 && images.length === count
  );
}

/** The listing reduced to its first page, with which it is shown again immediately. */
export function firstPageOf(listing: Listing): Listing {
  return { ...listing, images: listing.images.slice(0, listing.query.pageSize), pageCount: 1, hasNext: true };
}

/**
 * Appends pages to a listing. An image that moved to the next page between two requests is listed once.
 *
 * @param answers `undefined` stands for a page after the last one.
 */
export function withPages(listing: Listing, answers: readonly (ImagesPage | undefined)[]): Listing {
  const images = new Map(listing.images.map((image) => [image.digest, image]));
  const pages = answers.filter((page) => page !== undefined);
  for (const image of pages.flatMap((page) => page.images)) {
    images.set(image.digest, image);
  }
  const last = answers.at(-1);
  return {
    query: listing.query,
    askedAt: listing.askedAt,
    images: [...images.values()],
    count: pages.at(-1)?.count ?? listing.count,
    pageCount: listing.pageCount + pages.length,
    hasNext: last?.hasNext ?? false,
    isPartial: last?.isPartial ?? false,
    gaps: pages.at(-1)?.gaps ?? (pages.length > 0 ? [] : listing.gaps),
    unread: distinct([...listing.unread, ...pages.flatMap(({ unread = [] }) => unread)]),
  };
}

/** Pages that were made from the same lists name the same parts. */
function distinct(unread: readonly UnreadPart[]): readonly UnreadPart[] {
  return [...new Map(unread.map((part) => [JSON.stringify(part), part])).values()];
}
