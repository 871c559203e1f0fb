import type { Digest } from '../digest';
import { subjectOfTag } from './signatureTag';
import type { ListedManifest, ListedPart, ListedTag } from './wire';

/** What a manifest of an index is known by. */
export type KnownPart = ListedPart & { readonly digest: Digest };

/** An index that was read on the registry, where the listings do not tell what belongs to it. */
export type IndexContents = ReadonlyMap<Digest, readonly KnownPart[]>;

/** Which images of a repository belong to others. */
export interface ReferenceGraph {
  /** Parts of each index of which they are known. */
  readonly parts: ReadonlyMap<Digest, readonly KnownPart[]>;
  /** Indexes that each image belongs to. */
  readonly parents: ReadonlyMap<Digest, readonly Digest[]>;
  /** Images that sign or describe another one that is there, and that one. */
  readonly subjects: ReadonlyMap<Digest, Digest>;
  /** Indexes of which nobody has told what belongs to them. */
  readonly unread: readonly Digest[];
}

/**
 * Finds out what belongs to what. The listing of tags tells the parts of tagged indexes; those of others have to be read.
 *
 * @param read Contents of indexes that were read.
 */
export function referenceGraph(
  manifests: readonly ListedManifest[],
  tags: readonly ListedTag[],
  read: IndexContents,
): ReferenceGraph {
  const listed = partsByIndex(tags);
  const parts = new Map<Digest, readonly KnownPart[]>();
  const parents = new Map<Digest, Digest[]>();
  const unread: Digest[] = [];
  for (const { digest, isIndex } of manifests) {
    const known = isIndex ? (read.get(digest) ?? listed.get(digest)) : [];
    if (known === undefined) {
      unread.push(digest);
    } else if (known.length > 0) {
      parts.set(digest, known);
    }
    for (const part of known ?? []) {
      parents.set(part.digest, [...(parents.get(part.digest) ?? []), digest]);
    }
  }
  return { parts, parents, subjects: subjectsOf(manifests), unread };
}

/** An entry with no part but itself, or with a part that has no digest, tells nothing for certain. */
function partsByIndex(tags: readonly ListedTag[]): ReadonlyMap<Digest, readonly KnownPart[]> {
  const known = new Map<Digest, readonly KnownPart[]>();
  for (const { digest, parts } of tags) {
    const others = parts.filter((part) => part.digest !== digest);
    if (digest !== undefined && others.length > 0 && others.every(isKnown)) {
      known.set(digest, others);
    }
  }
  return known;
}

function isKnown(part: ListedPart): part is KnownPart {
  return part.digest !== undefined;
}

/** Only of images that have no other tag: somebody may have meant to keep what bears a name of its own. */
function subjectsOf(manifests: readonly ListedManifest[]): ReadonlyMap<Digest, Digest> {
  const present = new Set(manifests.map(({ digest }) => digest));
  const subjects = new Map<Digest, Digest>();
  for (const { digest, tags } of manifests) {
    const named = new Set(tags.map(subjectOfTag));
    const [subject] = named;
    if (named.size === 1 && subject !== undefined && subject !== digest && present.has(subject)) {
      subjects.set(digest, subject);
    }
  }
  return subjects;
}
