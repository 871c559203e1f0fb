import type { Digest } from './digest';
import type { DeletionWarning } from './findings';
import type { Image } from './model';
import type { RepositoryRef } from './names';

/** `namespace/name@digest`: identifies an image across repositories. */
export type ImageKey = `${string}/${string}@${string}`;

/** Returns the key of an image for maps that span repositories. The same digest has one key per repository. */
export function imageKey(repository: RepositoryRef, digest: Digest): ImageKey {
  return `${repository.namespace}/${repository.name}@${digest}`;
}

/** An image to delete, as it was when the plan was made. */
export interface PlannedImage {
  readonly repository: RepositoryRef;
  readonly image: Image;
}

/** One `delete-images` call: images of a single repository, at most as many as the server accepts at once. */
export interface DeletionRequest {
  readonly repository: RepositoryRef;
  /** Instant from which a push or pull makes an image active; the same for the whole plan. */
  readonly activeFrom: Date;
  readonly digests: readonly Digest[];
  /** Every image of the plan in this repository, whatever request it is in; {@link digests} if missing. */
  readonly planned?: ReadonlySet<Digest>;
}

/** One `delete-images` call with everything that was approved in the review. */
export interface ApprovedRequest extends DeletionRequest {
  readonly images: readonly PlannedImage[];
  /** Every image of the repository as the last check has listed it; missing if it has not, or not all of them. */
  readonly listed?: ReadonlyMap<Digest, Image>;
  /** The warnings accepted for these images, unchanged from the answer of the dry run. */
  readonly ignoredWarnings: readonly DeletionWarning[];
  /**
   * The images accepted to be deleted along with each of these images, by its digest. An image without an entry has
   * none. `unknown`: it was accepted that these are not known.
   */
  readonly collateral: ReadonlyMap<Digest, readonly Image[] | 'unknown'>;
  /**
   * The attachments among the collateral that no later request of the plan deletes along as well. A server that does not
   * delete them by itself has to be asked, once nothing is left that they are attached to.
   */
  readonly attachments: readonly Image[];
}

declare const reviewed: unique symbol;

/** An approved `delete-images` call. Only `ReviewedPlan` creates it; a lint rule forbids the cast elsewhere. */
export interface ReviewedRequest extends ApprovedRequest {
  readonly [reviewed]: true;
}
