import type { Digest } from './digest';
import type { NamespaceName, RepositoryRef } from './names';

/** Whether an image was pushed or pulled at or after the instant `activeFrom`. */
export type ActivityStatus = 'active' | 'inactive';

/** The same, or `unknown` where the server tells neither of its last push nor of its last pull. */
export type ImageStatus = ActivityStatus | 'unknown';

/**
 * What an image is to others:
 *
 * - `index`: it has one manifest for each platform, its {@link Image.parts}
 * - `attestation`: what is known of how another manifest of the same index was built
 * - `signature`: it signs or describes another image, by its tag
 */
export type ImageRole = 'index' | 'attestation' | 'signature';

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
  /** As the server or its list decided it, against the `activeFrom` of the listing. */
  readonly status: ImageStatus;
  /** Missing where it is an image like any other, or the server does not tell. */
  readonly role?: ImageRole;
  /** Such as `linux/arm64/v8`; only where it stands in an index that tells. */
  readonly platform?: string;
  /** Nominal size: layers it shares with others are counted in full. Missing where the server does not tell. */
  readonly sizeBytes?: number;
  /** Images that belong to it and are not listed by themselves: those of an index, and signatures. */
  readonly parts?: readonly Image[];
}

/** Counts of a repository's images against one `activeFrom`. */
export interface ImagesSummary {
  /** The instant the server applied. */
  readonly activeFrom: Date;
  readonly total: number;
  readonly active: number;
  readonly inactive: number;
}

/** All that belongs to an image, and what belongs to that, each once. */
export function partsOf(image: Image): readonly Image[] {
  const parts = new Map<Digest, Image>();
  const collect = (one: Image): void => {
    for (const part of one.parts ?? []) {
      if (!parts.has(part.digest)) {
        parts.set(part.digest, part);
        collect(part);
      }
    }
  };
  collect(image);
  return [...parts.values()];
}

/** Current tags of an image, in the order of the listing. */
export function currentTags(image: Image): readonly string[] {
  return image.tags.filter((tag) => tag.isCurrent).map((tag) => tag.name);
}

/** Tags that once pointed at the image and now point elsewhere. */
export function historicalTags(image: Image): readonly string[] {
  return image.tags.filter((tag) => !tag.isCurrent).map((tag) => tag.name);
}
