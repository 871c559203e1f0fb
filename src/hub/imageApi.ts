import type { DeletionRight } from './deletionRight';
import type { DeletionAnswer } from './deletionAnswer';
import type { DeletionRequest, ReviewedRequest } from './deletionRequest';
import type { Digest } from './digest';
import type { IncompleteInventoryError } from './incompleteInventory';
import type { ActivityStatus, Image, ImagesSummary } from './model';
import type { RepositoryRef } from './names';
import type { UnreadPart } from './readableList';

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
 * - `manifestsCut`: images that the server omits
 * - `tagsCut`: images or pulls of tags that the server omits
 * - `indexesUnread`: the platforms of some multi-platform images, which are listed separately instead
 * - `tagsDisputed`: which images some tags point at, because the server's lists contradict each other
 * - `entriesUnread`: entries that could not be read, see {@link ImagesPage.unread}
 */
export type ListingGap =
  'untaggedHidden' | 'manifestsCut' | 'tagsCut' | 'indexesUnread' | 'tagsDisputed' | 'entriesUnread';

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
  /** What of the page, or of the whole lists behind it, could not be read; missing if everything could. */
  readonly unread?: readonly UnreadPart[];
}

/** Identifies one check of a plan. Its requests may share a reading of a repository that began after the check. */
export type CheckId = symbol;

/** Identifies a run that deletes by one or several requests, one after the other. */
export type DeletionRun = symbol;

/** How to read every image of a repository in one reading. */
export interface ReadAtOnceOptions {
  /** Instant from which a push or pull makes an image active. */
  readonly activeFrom: Date;
  /** The check that the reading belongs to. Without it everything is read again. */
  readonly check?: CheckId | undefined;
  /**
   * Whether entries of lists may be unreadable, if every image that they may be about has a doubt. Not for plans that are
   * made from the inventory.
   */
  readonly acceptsUnread?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called while images are read. The two numbers are equal as long as the total is unknown. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** The limit on pulls of an account, as the registry reported it last. */
export interface PullQuota {
  readonly remaining: number;
  /** For how long a pull counts against the limit. */
  readonly windowSeconds: number | undefined;
}

/** How to read contents of manifests. */
export interface ReadContentsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of requests sent so far and of all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A reading of manifests without which it cannot be said whether images may be deleted. Nothing has been read yet. */
export interface NeededReading {
  /** Maximum number of requests. Each may count as a pull. */
  readonly requests: number;
  /** `undefined` if the registry did not report it. */
  readonly quota: PullQuota | undefined;

  /**
   * Reads and remembers everything. What has been read stays remembered if it is cancelled or fails.
   *
   * @throws {HubError} A request failed.
   */
  read(options: ReadContentsOptions): Promise<void>;
}

/** How to find out which images exist. */
export interface ExistenceOptions {
  /** Instant from which a push or pull makes an image active, as in the plan. */
  readonly activeFrom: Date;
  /** Number of images on one page of a listing. */
  readonly pageSize: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Lists and deletes the images of a repository. The two implementations are the image-management API and today's lists
 * and registry. Every method may throw a `HubError`.
 */
export interface ImageApi {
  /** Number of images that it deletes at a time; missing if the server deletes those of one request together. */
  readonly imagesAtOnce?: number | undefined;

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
   * Determines what has to be read before it can be said whether images may be deleted. Missing if the API always knows.
   *
   * @returns `undefined` if nothing has to be read, or nothing may be.
   */
  neededReading?(
    repository: RepositoryRef,
    digests: readonly Digest[],
    signal?: AbortSignal,
  ): Promise<NeededReading | undefined>;

  /**
   * Determines whether images of the repository may be deleted. Sends no request that the dry run would not send. Missing
   * if only the dry run shows that.
   *
   * @throws {HubError} It could not be found out.
   */
  deletionRight?(repository: RepositoryRef): Promise<DeletionRight>;

  /**
   * Finds out which images exist, after a deletion. Missing if only a complete listing shows that.
   *
   * @returns For each digest whether it exists. A digest is missing if neither is proved.
   */
  existing?(
    repository: RepositoryRef,
    digests: readonly Digest[],
    options: ExistenceOptions,
  ): Promise<ReadonlyMap<Digest, boolean> | undefined>;

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
   * Deletes what was approved in the review. Sent again only after a 401, and only once.
   *
   * @param signal Withdraws the request while it waits to be sent. Once it was sent, it is not aborted, because that
   * would not undo it.
   * @param run The run that the request belongs to. What one request has found out is used by the next ones of its run.
   */
  deleteImages(request: ReviewedRequest, signal?: AbortSignal, run?: DeletionRun): Promise<DeletionAnswer>;
}
