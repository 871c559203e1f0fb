import type { DeletionAnswer } from './deletionAnswer';
import type { DeletionRequest, ReviewedRequest } from './deletionRequest';
import type { IncompleteInventoryError } from './incompleteInventory';
import type { ActivityStatus, Image, ImagesSummary } from './model';
import type { RepositoryRef } from './names';

/** The orders a listing can have; a minus is descending, so `-last_activity` has the newest first. */
export const imagesOrderings = ['-last_activity', 'last_activity', 'digest', '-digest'] as const;
export type ImagesOrdering = (typeof imagesOrderings)[number];

/** Most images that one page of a listing holds. */
export const pageSizeLimit = 100;

export interface ImagesQuery {
  readonly status?: ActivityStatus;
  readonly ordering?: ImagesOrdering;
  /** Instant from which a push or pull makes an image active. Without it the server takes one month before now. */
  readonly activeFrom?: Date;
  /** From 1. */
  readonly page: number;
  /** At most {@link pageSizeLimit}. */
  readonly pageSize: number;
  /** Whether the first page may be {@link ImagesPage.isPartial}, to have something to show while the rest is read. */
  readonly mayBePartial?: boolean;
}

/**
 * What a listing cannot show:
 *
 * - `untaggedHidden`: images without a tag
 * - `tagsCut`: images of tags that the server leaves out
 * - `indexesUnread`: what belongs to some multi-platform images, so that it stands beside them
 */
export type ListingGap = 'untaggedHidden' | 'tagsCut' | 'indexesUnread';

export interface ImagesPage {
  /** Images that match the query, on all pages. */
  readonly count: number;
  readonly images: readonly Image[];
  readonly hasNext: boolean;
  /** Only some images, and neither their order nor their number is final: the rest is being read. */
  readonly isPartial?: true;
  /** Missing where everything is shown. */
  readonly gaps?: readonly ListingGap[];
}

/**
 * What is asked for in one check of a plan: one reading of a repository, begun after the check, may answer all of it.
 */
export type CheckId = symbol;

/** How to read every image of a repository in one reading. */
export interface ReadAtOnceOptions {
  readonly activeFrom: Date;
  /** Without it everything is read anew. */
  readonly check?: CheckId | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Seeing and deleting the images of a repository. Every method may throw a `HubError`. */
export interface ImageApi {
  /** Counts of the repository's images. One request. */
  getSummary(
    repository: RepositoryRef,
    query: Pick<ImagesQuery, 'activeFrom'>,
    signal?: AbortSignal,
  ): Promise<ImagesSummary>;

  /** One page of the repository's images. One request. */
  listImages(repository: RepositoryRef, query: ImagesQuery, signal?: AbortSignal): Promise<ImagesPage>;

  /**
   * Reads every image in one reading and checks that it is complete. Only an API that reads whole repositories anyway
   * has this method; for others, the pages are read and checked against each other and against the summary.
   *
   * @returns `undefined` if the server turns out not to support it.
   * @throws {IncompleteInventoryError} Something is missing or inconsistent.
   */
  readAtOnce?(repository: RepositoryRef, options: ReadAtOnceOptions): Promise<readonly Image[] | undefined>;

  /** Called before a listing is read again because it contradicted itself, with the number of the reading, from 2. */
  reportRereading?(number: number, contradiction: IncompleteInventoryError): void;

  /** Runs every check of a deletion and deletes nothing. No warning is passed over, so all are in the answer. */
  dryRun(request: DeletionRequest, signal?: AbortSignal, check?: CheckId): Promise<DeletionAnswer>;

  /**
   * Deletes what a person approved. Never repeated automatically.
   *
   * @param signal Withdraws the request while it waits to be sent. Once it was sent, its answer is waited for: giving
   * it up would not undo it.
   */
  deleteImages(request: ReviewedRequest, signal?: AbortSignal): Promise<DeletionAnswer>;
}
