import type { Digest } from '../digest';
import type { ListedManifest, ListedTag } from './listWire';

/** What the registry answered about a tag: the digest, or `null` if it has no such tag. */
export type AskedTags = ReadonlyMap<string, Digest | null>;

/** The tags of a repository, combined from all sources. */
export interface TagClaims {
  /** Every tag that any source reports for an image. A disputed tag is among those of several images. */
  readonly tagsOf: ReadonlyMap<Digest, readonly string[]>;
  /** The images that the sources name for a tag on which they disagree, by tag. */
  readonly disputed: ReadonlyMap<string, readonly Digest[]>;
  /** Images that any disputed tag may point at. */
  readonly disputedImages: ReadonlySet<Digest>;
  /** Whether any source names an image for the tag. */
  readonly hasTag: (tag: string) => boolean;
  /** The images that the sources name for the tag; several if it is disputed. */
  readonly digestsOf: (tag: string) => readonly Digest[];
}

/**
 * Combines what the list of manifests, the list of tags and the registry say about tags. A source that lacks a tag says
 * nothing about it. If two sources name different images for a tag, one of them is out of date, and it is not known
 * which: the tag and all of these images are disputed.
 *
 * @param asked Answers of the registry, for the tags that it was asked about.
 */
export function tagClaims(
  manifests: readonly ListedManifest[],
  tags: readonly ListedTag[],
  asked: AskedTags,
): TagClaims {
  const claims = new Map<string, Digest | Set<Digest>>();
  const claim = (tag: string, digest: Digest): void => {
    const known = claims.get(tag);
    if (known === undefined) {
      claims.set(tag, digest);
    } else if (known instanceof Set) {
      known.add(digest);
    } else if (known !== digest) {
      claims.set(tag, new Set([known, digest]));
    }
  };
  for (const { digest, tags: own } of manifests) {
    own.forEach((tag) => {
      claim(tag, digest);
    });
  }
  for (const { name, digest } of tags) {
    if (digest !== undefined) {
      claim(name, digest);
    }
  }
  for (const [tag, digest] of asked) {
    if (digest !== null) {
      claim(tag, digest);
    }
  }
  return collect(claims);
}

function collect(claims: ReadonlyMap<string, Digest | ReadonlySet<Digest>>): TagClaims {
  const tagsOf = new Map<Digest, string[]>();
  const disputed = new Map<string, readonly Digest[]>();
  const disputedImages = new Set<Digest>();
  for (const [tag, claimed] of claims) {
    const digests = listOf(claimed);
    for (const digest of digests) {
      const own = tagsOf.get(digest);
      if (own === undefined) {
        tagsOf.set(digest, [tag]);
      } else {
        own.push(tag);
      }
    }
    if (digests.length > 1) {
      disputed.set(tag, digests);
      digests.forEach((digest) => disputedImages.add(digest));
    }
  }
  return {
    tagsOf,
    disputed,
    disputedImages,
    hasTag: (tag) => claims.has(tag),
    digestsOf: (tag) => listOf(claims.get(tag) ?? new Set()),
  };
}

function listOf(claimed: Digest | ReadonlySet<Digest>): readonly Digest[] {
  return typeof claimed === 'string' ? [claimed] : [...claimed];
}
