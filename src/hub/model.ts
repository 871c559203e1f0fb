import type { Digest } from './digest';
import type { NamespaceName, RepositoryRef } from './names';

/** Whether an image was pushed or pulled at or after the instant `activeFrom`. */
export type ActivityStatus = 'active' | 'inactive';

/** User or organisation that owns repositories. */
export interface Namespace {
  readonly name: NamespaceName;
  /** Why it is in the list: the signed-in user's own, an organisation of theirs, or named by hand. */
  readonly origin: 'own' | 'organisation' | 'added';
}

export interface Repository extends RepositoryRef {
  /** `undefined` where the server did not say, as for a repository named by hand. */
  readonly isPrivate: boolean | undefined;
}

/** A name that points, or once pointed, at an image. */
export interface Tag {
  readonly name: string;
  /** False when the name now points at another image. */
  readonly isCurrent: boolean;
}

/** One manifest of a repository, known by its digest. */
export interface Image {
  readonly digest: Digest;
  readonly tags: readonly Tag[];
  /** `undefined`: never, or not known. */
  readonly lastPushed: Date | undefined;
  /** Refreshed by the Hub at most hourly. `undefined`: never, or not known. */
  readonly lastPulled: Date | undefined;
  /** As the server decided it, against the `activeFrom` of the listing. */
  readonly status: ActivityStatus;
}

/** Counts of a repository's images against one `activeFrom`. */
export interface ImagesSummary {
  /** The instant the server applied. */
  readonly activeFrom: Date;
  readonly total: number;
  readonly active: number;
  readonly inactive: number;
}

/** Current tags of an image, in the order of the listing. */
export function currentTags(image: Image): readonly string[] {
  return image.tags.filter((tag) => tag.isCurrent).map((tag) => tag.name);
}

/** Tags that once pointed at the image and now point elsewhere. */
export function historicalTags(image: Image): readonly string[] {
  return image.tags.filter((tag) => !tag.isCurrent).map((tag) => tag.name);
}
