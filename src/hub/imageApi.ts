import type { DeletionAnswer } from './deletionAnswer';
import type { DeletionRequest, ReviewedRequest } from './deletionRequest';
import type { IncompleteInventoryError } from './incompleteInventory';
import type { ActivityStatus, Image, ImagesSummary } from './model';
import type { RepositoryRef } from './names';

/** Sort orders of a listing, as written by the API. A minus means descending: `-last_activity` is newest first. */
export const imagesOrderings = ['-last_activity', 'last_activity', 'digest', '-digest'] as const;
/** One of {@link imagesOrderings}. */
export type ImagesOrdering = (typeof imagesOrderings)[number];

/** Maximum number of images on one page of a listing, set by the API. */
export const pageSizeLimit = 100;

/** Filter, order and page of a listing. */
export interface ImagesQuery {
  readonly status?: ActivityStatus;
  readonly ordering?: ImagesOrdering;
  /** Instant from which a push or pull makes an image active. Without it the server takes one month before now. */
  readonly activeFrom?: Date;
  /** From 1. */
  readonly page: number;
  /** At most {@link pageSizeLimit}. */
  readonly pageSize: number;
  /** Whether the first page may be {@link ImagesPage.isPartial}, to show something while the rest is being read. */
  readonly mayBePartial?: boolean;
}

/**
 * What a listing cannot show:
 *
 * - `untaggedHidden`: images without a tag
 * - `tagsCut`: images of tags that the server omits
 * - `indexesUnread`: the platforms of some multi-platform images, which are listed separately instead
 */
export type ListingGap = 'untaggedHidden' | 'tagsCut' | 'indexesUnread';

/** One page of a listing. */
export interface ImagesPage {
  /** Number of images that match the query, on all pages. */
  readonly count: number;
  readonly images: readonly Image[];
  readonly hasNext: boolean;
  /** Set while the rest is being read: the page has some images, and neither their order nor their number is final. */
  readonly isPartial?: true;
  /** Missing if everything is shown. */
  readonly gaps?: readonly ListingGap[];
}

/** Identifies one check of a plan. Its requests may share a reading of a repository that began after the check. */
export type CheckId = symbol;

/** How to read every image of a repository in one reading. */
export interface ReadAtOnceOptions {
  /** Instant from which a push or pull makes an image active. */
  readonly activeFrom: Date;
  /** The check that the reading belongs to. Without it everything is read again. */
  readonly check?: CheckId | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called while images are read. The two numbers are equal as long as the total is unknown. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Lists and deletes the images of a repository. The two implementations are the image-management API and today's lists
 * and registry. Every method may throw a `HubError`.
 */
export interface ImageApi {
  /** Counts the images of the repository. One request with the image-management API. */
  getSummary(
    repository: RepositoryRef,
    query: Pick<ImagesQuery, 'activeFrom'>,
    signal?: AbortSignal,
  ): Promise<ImagesSummary>;

  /** Reads one page of images. One request with the image-management API. */
  listImages(repository: RepositoryRef, query: ImagesQuery, signal?: AbortSignal): Promise<ImagesPage>;

  /**
   * Reads every image in one reading and checks that it is complete. Only an API that reads whole repositories anyway
   * has this method; for others, the pages are read and checked against each other and against the summary.
   *
   * @returns `undefined` if the server turns out not to support it.
   * @throws {IncompleteInventoryError} Something is missing or inconsistent.
   */
  readAtOnce?(repository: RepositoryRef, options: ReadAtOnceOptions): Promise<readonly Image[] | undefined>;

  /**
   * Called when a listing is read again because the previous readings were inconsistent.
   *
   * @param number Number of the reading that begins; the first repetition is 2.
   */
  reportRereading?(number: number, contradiction: IncompleteInventoryError): void;

  /**
   * Runs every check of a deletion without deleting. No warning is accepted in advance, so the answer has all of them.
   */
  dryRun(request: DeletionRequest, signal?: AbortSignal, check?: CheckId): Promise<DeletionAnswer>;

  /**
   * Deletes what was approved in the review. Never repeated automatically.
   *
   * @param signal Withdraws the request while it waits to be sent. Once it was sent, it is not aborted, because that
   * would not undo it.
   */
  deleteImages(request: ReviewedRequest, signal?: AbortSignal): Promise<DeletionAnswer>;
}
