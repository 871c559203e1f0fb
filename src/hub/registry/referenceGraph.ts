import type { Digest } from '../digest';
import { subjectOfTag } from './attachmentTag';
import type { ListedManifest, ListedPart, ListedTag } from './listWire';

/** A manifest of an index whose digest is known. */
export type KnownPart = ListedPart & { readonly digest: Digest };

/** Manifests of indexes as the registry or earlier lists have shown them, by digest of the index. */
export type IndexContents = ReadonlyMap<Digest, readonly KnownPart[]>;

/** The images of a repository that belong to other images. */
export interface ReferenceGraph {
  /** Manifests of each index, for indexes whose content is known. */
  readonly parts: ReadonlyMap<Digest, readonly KnownPart[]>;
  /** Indexes that contain each image. */
  readonly parents: ReadonlyMap<Digest, readonly Digest[]>;
  /** The subject of each attachment whose subject is in the repository. */
  readonly subjects: ReadonlyMap<Digest, Digest>;
  /** Indexes whose content is not known. */
  readonly unread: readonly Digest[];
}

/**
 * Determines which images belong to others. The list of tags shows the manifests of tagged indexes; other indexes have
 * to be read from the registry.
 *
 * @param read Contents of the indexes that have been read. They take precedence over the list of tags.
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

/**
 * An entry whose only part is itself, or that has a part without a digest, does not say for certain what an index
 * contains.
 */
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

/** Includes only images without other tags: an image with a tag of its own may be wanted for itself. */
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
