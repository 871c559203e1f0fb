import type { Digest } from './digest';
import type { DeletionWarning } from './findings';
import type { Image } from './model';
import type { RepositoryRef } from './names';

/** `namespace/name@digest`: one image among several repositories. */
export type ImageKey = `${string}/${string}@${string}`;

export function imageKey(repository: RepositoryRef, digest: Digest): ImageKey {
  return `${repository.namespace}/${repository.name}@${digest}`;
}

/** An image that is to go, as it was when the plan was made. */
export interface PlannedImage {
  readonly repository: RepositoryRef;
  readonly image: Image;
}

/** One `delete-images` call: images of a single repository, no more than the server takes at once. */
export interface DeletionRequest {
  readonly repository: RepositoryRef;
  readonly activeFrom: Date;
  readonly digests: readonly Digest[];
}

/** What a person approved of one `delete-images` call. */
export interface ApprovedRequest extends DeletionRequest {
  readonly images: readonly PlannedImage[];
  /** Exactly the warnings accepted for these images, as they came. */
  readonly ignoredWarnings: readonly DeletionWarning[];
}

declare const reviewed: unique symbol;

/** One `delete-images` call that a person approved. Only `ReviewedPlan` makes it: lint forbids the cast elsewhere. */
export interface ReviewedRequest extends ApprovedRequest {
  readonly [reviewed]: true;
}
