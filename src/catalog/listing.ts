import type { ImagesOrdering, ImagesPage, ImagesQuery, ListingGap } from '../hub/imageApi';
import type { ActivityStatus, Image } from '../hub/model';

/** What is asked of the server about a repository's images. */
export interface ContentsQuery {
  readonly status: ActivityStatus | undefined;
  readonly ordering: ImagesOrdering;
  /** `undefined` leaves the beginning of the activity window to the server. */
  readonly activeFrom: Date | undefined;
  readonly pageSize: number;
}

/** The images read so far, in the order of the server. */
export interface Listing {
  readonly query: ContentsQuery;
  /** When the first of it was asked for. */
  readonly askedAt: Date;
  readonly images: readonly Image[];
  /** Images on all pages, as the server counted them last. */
  readonly count: number;
  readonly pageCount: number;
  readonly hasNext: boolean;
  /** What the server cannot show, as it reported last. */
  readonly gaps: readonly ListingGap[];
  /** Whether the rest is being read; neither the order nor the count is final. */
  readonly isPartial: boolean;
}

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

/** Whether one answer has every image, as far as the answer shows. */
export function isWhole({ query, images, count, pageCount, hasNext, gaps, isPartial }: Listing): boolean {
  const isUnfiltered = query.status === undefined;
  return (
    isUnfiltered && pageCount === 1 && !hasNext && !isPartial && gaps.length === 0 && images.length === count
  );
}

export function firstPageOf(listing: Listing): Listing {
  return { ...listing, images: listing.images.slice(0, listing.query.pageSize), pageCount: 1, hasNext: true };
}

/** An image that moved to the next page between two requests is listed once. */
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
  };
}
