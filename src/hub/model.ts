import type { Digest } from './digest';
import type { NamespaceName, RepositoryRef } from './names';

/** Whether an image was pushed or pulled at or after the instant `activeFrom`. */
export type ActivityStatus = 'active' | 'inactive';

/** The activity status, or `unknown` if the server reports neither the last push nor the last pull. */
export type ImageStatus = ActivityStatus | 'unknown';

/**
 * How an image relates to others:
 *
 * - `index`: it has one manifest per platform, its {@link Image.parts}
 * - `attestation`: it describes how another manifest of the same index was built
 * - `signature`: it signs or describes another image, which its tag names
 */
export type ImageRole = 'index' | 'attestation' | 'signature';

/** A user or organization that owns repositories. */
export interface Namespace {
  readonly name: NamespaceName;
  /** Why it is listed: the signed-in user's own, one of their organizations, or added manually. */
  readonly origin: 'own' | 'organisation' | 'added';
}

/** A repository as the server lists it, or as added manually. */
export interface Repository extends RepositoryRef {
  /** `undefined` if the server did not report it, as for a repository added manually. */
  readonly isPrivate: boolean | undefined;
}

/** A name that points at an image or used to. */
export interface Tag {
  readonly name: string;
  /** False if the name now points at another image. */
  readonly isCurrent: boolean;
}

/** One manifest of a repository, identified by its digest: an index with its platforms, or a single image. */
export interface Image {
  readonly digest: Digest;
  readonly tags: readonly Tag[];
  /** `undefined` if never, or if not known. */
  readonly lastPushed: Date | undefined;
  /** Updated by Docker Hub at most once per hour. `undefined` if never, or if not known. */
  readonly lastPulled: Date | undefined;
  /** Relative to the `activeFrom` of the listing. */
  readonly status: ImageStatus;
  /** Missing if it is an ordinary image, or if the server does not report it. */
  readonly role?: ImageRole;
  /** Such as `linux/arm64/v8`. Present only if an index that contains the image states it. */
  readonly platform?: string;
  /** Nominal size: shared layers count in full. Missing if the server does not report it. */
  readonly sizeBytes?: number;
  /** Images that belong to it and are not listed separately: the manifests of an index, and signatures. */
  readonly parts?: readonly Image[];
}

/** Counts of a repository's images, relative to one `activeFrom`. */
export interface ImagesSummary {
  /** The instant the server applied. */
  readonly activeFrom: Date;
  readonly total: number;
  readonly active: number;
  readonly inactive: number;
}

/** Returns the parts of an image and their parts, recursively, each digest once. */
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

/** Returns the names of the tags that point at the image, in the order of the listing. */
export function currentTags(image: Image): readonly string[] {
  return image.tags.filter((tag) => tag.isCurrent).map((tag) => tag.name);
}

/** Returns the names of the tags that used to point at the image, in the order of the listing. */
export function historicalTags(image: Image): readonly string[] {
  return image.tags.filter((tag) => !tag.isCurrent).map((tag) => tag.name);
}
