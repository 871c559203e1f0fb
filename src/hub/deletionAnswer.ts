import type { Digest } from './digest';
import type { Blocker, DeletionWarning } from './findings';

/** What was removed by one request, as the server counted it. */
export interface DeletionMetrics {
  readonly manifestDeletes: number;
  readonly manifestErrors: number;
  readonly tagDeletes: number;
  readonly tagErrors: number;
}

/**
 * What became of one image of a request that was carried out image by image:
 *
 * - `removed`: the server took it away, or had it no more
 * - `refused`: the server kept it
 * - `lost`: whether it had an effect is not known
 * - `notSent`: nothing was sent for it
 */
export const manifestResults = ['removed', 'refused', 'lost', 'notSent'] as const;
export type ManifestResult = (typeof manifestResults)[number];

/**
 * Why an image was `refused`, and what is lost all the same:
 *
 * - `tagKept`: the server does not delete one of its tags, as where that is immutable
 * - `tagMoved`: one of its tags points at another image by now
 * - `stillReferenced`: something that stays needs it
 * - `denied`: the server deletes nothing for this account or token
 */
export const refusalCauses = ['tagKept', 'tagMoved', 'stillReferenced', 'denied'] as const;
export interface ImageRefusal {
  readonly cause: (typeof refusalCauses)[number];
  /** The tag it was about. */
  readonly tag?: string;
  /** The server's own words. */
  readonly reason?: string;
  /** Tags of the image that were deleted before that. */
  readonly removedTags: readonly string[];
}

/**
 * The answer to a dry run or a deletion of one request. Where it is `refused`, nothing was deleted.
 */
export type DeletionAnswer =
  | {
      readonly kind: 'completed';
      readonly metrics: DeletionMetrics;
      /** Of each image, where a request is no single step for the server; missing where it is all or nothing. */
      readonly results?: ReadonlyMap<Digest, ManifestResult>;
      /** Of the images whose result is `refused`. */
      readonly refusals?: ReadonlyMap<Digest, ImageRefusal>;
    }
  | {
      readonly kind: 'refused';
      readonly warnings: readonly DeletionWarning[];
      readonly blockers: readonly Blocker[];
      /** The Hub's own transaction id, for its support. */
      readonly txnid: string | undefined;
    };
