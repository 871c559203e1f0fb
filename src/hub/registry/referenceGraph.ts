import type { Digest } from '../digest';
import { subjectOfTag } from './attachmentTag';
import type { KnownManifest } from './knownManifests';
import type { ListedTag } from './listWire';
import { kindOf, type ManifestKind } from './manifestKind';
import type { StoredManifests, StoredPart } from './manifestStore';

/** A manifest of an index, as one or several sources describe it. */
export type GraphPart = StoredPart;

/** The manifests of a repository that belong to others. */
export interface ReferenceGraph {
  /**
   * Manifests of each index, each once: the union of what the registry and the list of tags say. May be incomplete for
   * an index that was not read.
   */
  readonly parts: ReadonlyMap<Digest, readonly GraphPart[]>;
  /** Indexes that contain each manifest, according to any source. */
  readonly parents: ReadonlyMap<Digest, readonly Digest[]>;
  /** What each attachment is attached to, if that is in the repository. */
  readonly subjects: ReadonlyMap<Digest, Digest>;
  /** Attachments of each manifest: the inverse of {@link subjects}. */
  readonly attachments: ReadonlyMap<Digest, readonly Digest[]>;
  /** Manifests that the lists or the registry call an index, or whose kind is not known, and that were not read. */
  readonly unread: ReadonlySet<Digest>;
}

/** What {@link referenceGraph} is determined from. */
export interface GraphSources {
  /** Every manifest of the repository. */
  readonly known: ReadonlyMap<Digest, KnownManifest>;
  /** At least one tag each. */
  readonly tagsOf: ReadonlyMap<Digest, readonly string[]>;
  readonly listedTags: readonly ListedTag[];
  /** What the registry said about manifests. */
  readonly stored: StoredManifests;
  /** Attachments that the registry named when it was asked about their subject, with that subject. */
  readonly referrers: ReadonlyMap<Digest, Digest>;
  /** Whether a manifest no longer exists, although lists may still show it. */
  readonly isGone?: (digest: Digest) => boolean;
}

/** An index with more manifests than this is not evaluated: its content then counts as not known. */
const partLimit = 10_000;

/**
 * Determines which manifests belong to others. The list of tags names manifests of tagged indexes, but may be
 * incomplete; only the registry knows the content of an index for certain. The time taken grows linearly with the
 * number of manifests and references.
 */
export function referenceGraph(sources: GraphSources): ReferenceGraph {
  const { known, tagsOf, stored, referrers, listedTags, isGone = () => false } = sources;
  const collected = new Map<Digest, Map<Digest, GraphPart>>();
  const unread = new Set<Digest>();
  const subjects = new Map<Digest, Digest>();
  for (const [digest, { kind: listedKind }] of known) {
    const asked = stored.get(digest);
    const read = asked?.parts;
    if (read !== undefined && read.length <= partLimit) {
      addParts(collected, digest, read);
    } else if (
      !isGone(digest) &&
      (read !== undefined || mayBeIndex(asked === undefined ? listedKind : kindOf(asked.mediaType)))
    ) {
      unread.add(digest);
    }
    const tags = tagsOf.get(digest);
    const subject = tags === undefined ? (asked?.subject ?? referrers.get(digest)) : subjectOfTags(tags);
    if (subject !== undefined && subject !== digest && known.has(subject)) {
      subjects.set(digest, subject);
    }
  }
  removeCycles(subjects);
  for (const { digest, parts } of listedTags) {
    if (digest !== undefined && parts.length <= partLimit && !isGone(digest)) {
      addParts(collected, digest, parts.flatMap(knownPart(digest)));
    }
  }
  for (const digest of collected.keys()) {
    if (stored.get(digest)?.parts === undefined && !isGone(digest)) {
      unread.add(digest); // the list shows parts of it, so it is an index, whatever its media type says
    }
  }
  const parts = new Map([...collected].map(([index, own]) => [index, [...own.values()]]));
  return { parts, parents: parentsOf(parts), subjects, attachments: inverseOf(subjects), unread };
}

/** An index may list a manifest several times, for several platforms. */
function addParts(
  collected: Map<Digest, Map<Digest, GraphPart>>,
  index: Digest,
  parts: readonly GraphPart[],
): void {
  if (parts.length === 0) {
    return;
  }
  const own = collected.get(index) ?? new Map<Digest, GraphPart>();
  collected.set(index, own);
  for (const part of parts) {
    if (part.digest !== index) {
      const known = own.get(part.digest);
      own.set(part.digest, known === undefined ? part : merged(known, part));
    }
  }
  if (own.size === 0) {
    collected.delete(index);
  }
}

/** Platforms of one manifest that are kept; an index may list a manifest any number of times. */
const platformLimit = 20;

/** Combines two descriptions of the same manifest. */
export function merged(known: GraphPart, more: GraphPart): GraphPart {
  const isComplete =
    known.platforms.length >= platformLimit ||
    more.platforms.every((platform) => known.platforms.includes(platform));
  return {
    digest: known.digest,
    platforms: isComplete ? known.platforms : [...new Set([...known.platforms, ...more.platforms])],
    isAttestation: known.isAttestation || more.isAttestation,
    sizeBytes: known.sizeBytes ?? more.sizeBytes,
  };
}

/** The list of tags names a single image as the only part of itself, and some parts without a digest. */
function knownPart(index: Digest): (part: ListedTag['parts'][number]) => readonly GraphPart[] {
  return ({ digest, platform, isAttestation, sizeBytes }) =>
    digest === undefined || digest === index
      ? []
      : [{ digest, platforms: platform === undefined ? [] : [platform], isAttestation, sizeBytes }];
}

function parentsOf(parts: ReadonlyMap<Digest, readonly GraphPart[]>): ReadonlyMap<Digest, readonly Digest[]> {
  const parents = new Map<Digest, Digest[]>();
  for (const [index, own] of parts) {
    for (const { digest } of own) {
      push(parents, digest, index);
    }
  }
  return parents;
}

function mayBeIndex(kind: ManifestKind): boolean {
  return kind === 'index' || kind === 'unknown';
}

/** The tags of an attachment contain the digest of its subject. One that has other tags too may be wanted for itself. */
function subjectOfTags(tags: readonly string[]): Digest | undefined {
  const named = new Set(tags.map(subjectOfTag));
  const [subject] = named;
  return named.size === 1 ? subject : undefined;
}

/** Content cannot refer to itself, but tags can: attachments that are attached to each other stand for themselves. */
function removeCycles(subjects: Map<Digest, Digest>): void {
  const settled = new Set<Digest>();
  for (const start of [...subjects.keys()]) {
    const path = new Set<Digest>();
    let at: Digest | undefined = start;
    while (at !== undefined && !settled.has(at) && !path.has(at)) {
      path.add(at);
      at = subjects.get(at);
    }
    if (at !== undefined && path.has(at)) {
      subjects.delete(at);
    }
    path.forEach((digest) => settled.add(digest));
  }
}

function inverseOf(subjects: ReadonlyMap<Digest, Digest>): ReadonlyMap<Digest, readonly Digest[]> {
  const attachments = new Map<Digest, Digest[]>();
  for (const [attachment, subject] of subjects) {
    push(attachments, subject, attachment);
  }
  return attachments;
}

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = lists.get(key);
  if (known === undefined) {
    lists.set(key, [value]);
  } else {
    known.push(value);
  }
}
