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

/**
 * Why it cannot be said whether an image may be deleted:
 *
 * - `disputed`: the sources disagree about which image one of its tags points at
 * - `undetermined`: it may belong to another image, which only reading manifests from the registry could tell
 * - `unreadable`: an entry of the server's lists that may be about it could not be read
 */
export type ImageDoubt = 'disputed' | 'undetermined' | 'unreadable';

/** A user or organization that owns repositories. */
export interface Namespace {
  readonly name: NamespaceName;
  /** Why it is listed: the signed-in user's own, one of their organizations, or added manually. */
  readonly origin: 'own' | 'organization' | 'added';
}

/** A repository as the server lists it, or as added manually. */
export interface Repository extends RepositoryRef {
  /** `undefined` if the server did not report it, as for a repository added manually. */
  readonly isPrivate: boolean | undefined;
  /** What all its images occupy, the untagged ones included. Missing if the server does not report it. */
  readonly storageBytes?: number;
  /** When an image was last pushed or tagged. Missing if never, or if the server does not report it. */
  readonly lastUpdated?: Date;
  /** Pulls of all its images since it exists. Missing if the server does not report it. */
  readonly pullCount?: number;
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
  /** Set if no source tells whether the image was pulled, so that {@link lastPulled} may be too old or missing. */
  readonly arePullsUnknown?: true;
  /** Relative to the `activeFrom` of the listing. */
  readonly status: ImageStatus;
  /** Missing if it is an ordinary image, or if the server does not report it. */
  readonly role?: ImageRole;
  /** Such as `linux/arm64/v8`, or several of these. Present only if an index that contains the image states it. */
  readonly platform?: string;
  /** Nominal size: shared layers count in full. Missing if the server does not report it. */
  readonly sizeBytes?: number;
  /** Images that belong to it and are not listed separately: the manifests of an index, and signatures. */
  readonly parts?: readonly Image[];
  /** Set if the image has parts, or may have, that are not among {@link parts}. */
  readonly arePartsUnknown?: true;
  /** Set if the image cannot be deleted at present. */
  readonly doubt?: ImageDoubt;
}

/** Counts of a repository's images, relative to one `activeFrom`. */
export interface ImagesSummary {
  /** The instant the server applied. */
  readonly activeFrom: Date;
  readonly total: number;
  readonly active: number;
  readonly inactive: number;
  /** Images whose activity is not known. Missing if the server counts them as inactive. */
  readonly unknown?: number;
  /** Images that may be parts of others, so that {@link total} may be too high. Missing if there are none. */
  readonly undetermined?: number;
  /** Entries of the server's lists that could not be read, so that images may be missing. Missing if there are none. */
  readonly unread?: number;
}

/** Returns the parts of an image and their parts, recursively, each digest once. */
export function partsOf(image: Image): readonly Image[] {
  const parts = new Map<Digest, Image>();
  const left = [image];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const more = (next.parts ?? []).filter(({ digest }) => !parts.has(digest));
    more.forEach((part) => parts.set(part.digest, part));
    left.push(...more.reverse());
  }
  return [...parts.values()];
}

/** Returns the images and their parts, recursively, each once and after its own parts. Images may share parts. */
export function partsFirst(images: Iterable<Image>): Iterable<Image> {
  const ordered = new Set<Image>();
  const begun = new Set<Image>();
  for (const start of images) {
    const left = [start];
    for (let next = left.at(-1); next !== undefined; next = left.at(-1)) {
      const parts = begun.has(next) ? [] : (next.parts ?? []).filter((part) => !begun.has(part));
      begun.add(next);
      if (parts.length > 0) {
        left.push(...parts);
      } else {
        left.pop();
        ordered.add(next);
      }
    }
  }
  return ordered;
}

/** Returns the names of the tags that point at the image, in the order of the listing. */
export function currentTags(image: Image): readonly string[] {
  return image.tags.filter((tag) => tag.isCurrent).map((tag) => tag.name);
}

/** Returns the names of the tags that used to point at the image, in the order of the listing. */
export function historicalTags(image: Image): readonly string[] {
  return image.tags.filter((tag) => !tag.isCurrent).map((tag) => tag.name);
}
