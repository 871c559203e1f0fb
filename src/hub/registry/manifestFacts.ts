import type { Digest } from '../digest';
import type { ImageRole } from '../model';
import type { KnownManifest, KnownManifests } from './knownManifests';
import { kindOf, type ManifestKind, mayHaveSubject } from './manifestKind';
import type { StoredManifest, StoredManifests } from './manifestStore';
import type { PullTimes } from './pullTimes';
import { type GraphPart, merged, type ReferenceGraph } from './referenceGraph';
import type { TagClaims } from './tagClaims';

/** What the sources say about one manifest, apart from what {@link KnownManifest} has. */
export interface ManifestFacts {
  /** Every tag that any source reports for it. */
  readonly tags: readonly string[];
  readonly isDisputed: boolean;
  /** What the registry said when it was asked for its digest. */
  readonly asked: StoredManifest | undefined;
  /** Whether the registry named it when it was asked for the attachments of a manifest. */
  readonly isReferrer: boolean;
  /** As an index; `undefined` if it is none, as far as is known. */
  readonly parts: readonly GraphPart[] | undefined;
  readonly attachments: readonly Digest[];
  /** What the indexes that contain it say about it; `undefined` if there are none. */
  readonly asPart: GraphPart | undefined;
  /** Whether it is attached to another manifest of the repository. */
  readonly hasSubject: boolean;
  /** Whether it is, or may be, an index that was not read. */
  readonly isUnread: boolean;
  /** If they differ from those in the list of manifests. */
  readonly times: PullTimes | undefined;
}

const none: readonly never[] = [];

/** Those of a manifest that only the list of manifests names, as it does most of a large repository. */
const noFacts: ManifestFacts = {
  tags: none,
  isDisputed: false,
  asked: undefined,
  isReferrer: false,
  parts: undefined,
  attachments: none,
  asPart: undefined,
  hasSubject: false,
  isUnread: false,
  times: undefined,
};

/** What {@link FactsByManifest} looks up. */
export interface FactSources {
  readonly claims: TagClaims;
  readonly stored: StoredManifests;
  readonly referrers: ReadonlyMap<Digest, Digest>;
  readonly graph: ReferenceGraph;
  readonly times: ReadonlyMap<Digest, PullTimes>;
}

/** One bit for each source of facts. */
const sourceBits = {
  tags: 1,
  asked: 2,
  referrers: 4,
  parts: 8,
  attachments: 16,
  asParts: 32,
  subjects: 64,
  unread: 128,
  times: 256,
} as const;

const everySource = 511;

/**
 * Looks up the facts about each manifest. Evaluating a large repository is mostly looking up digests, so only the sources
 * that name a manifest are asked about it, and no source names most of them.
 */
export class FactsByManifest {
  readonly #sources: FactSources;
  readonly #asParts: ReadonlyMap<Digest, GraphPart>;
  /** The {@link sourceBits} of the sources that name each manifest, by {@link KnownManifest.index}. */
  readonly #namedBy: Uint16Array;

  constructor(known: KnownManifests, sources: FactSources) {
    const { claims, stored, referrers, graph, times } = sources;
    this.#sources = sources;
    this.#asParts = partsByDigest(graph);
    this.#namedBy = new Uint16Array(known.indexLimit);
    const note = (digests: Iterable<Digest>, bit: number): void => {
      for (const digest of digests) {
        const manifest = known.byDigest.get(digest);
        if (manifest !== undefined) {
          this.#namedBy[manifest.index] = (this.#namedBy[manifest.index] ?? 0) | bit;
        }
      }
    };
    note(claims.tagsOf.keys(), sourceBits.tags);
    note(stored.keys(), sourceBits.asked);
    note(referrers.keys(), sourceBits.referrers);
    note(graph.parts.keys(), sourceBits.parts);
    note(graph.attachments.keys(), sourceBits.attachments);
    note(this.#asParts.keys(), sourceBits.asParts);
    note(graph.subjects.keys(), sourceBits.subjects);
    note(graph.unread, sourceBits.unread);
    note(times.keys(), sourceBits.times);
  }

  /** @param known What {@link KnownManifests} has of the digest. */
  of(digest: Digest, known: KnownManifest | undefined): ManifestFacts {
    const namedBy = known === undefined ? everySource : (this.#namedBy[known.index] ?? everySource);
    if (namedBy === 0) {
      return noFacts;
    }
    const { claims, stored, referrers, graph, times } = this.#sources;
    const isIn = (bit: number): boolean => (namedBy & bit) !== 0;
    return {
      tags: (isIn(sourceBits.tags) ? claims.tagsOf.get(digest) : undefined) ?? none,
      isDisputed: isIn(sourceBits.tags) && claims.disputedImages.has(digest),
      asked: isIn(sourceBits.asked) ? stored.get(digest) : undefined,
      isReferrer: isIn(sourceBits.referrers) && referrers.has(digest),
      parts: isIn(sourceBits.parts) ? graph.parts.get(digest) : undefined,
      attachments: (isIn(sourceBits.attachments) ? graph.attachments.get(digest) : undefined) ?? none,
      asPart: isIn(sourceBits.asParts) ? this.#asParts.get(digest) : undefined,
      hasSubject: isIn(sourceBits.subjects) && graph.subjects.has(digest),
      isUnread: isIn(sourceBits.unread) && graph.unread.has(digest),
      times: isIn(sourceBits.times) ? times.get(digest) : undefined,
    };
  }

  /** Whether an index contains it. */
  isPart(digest: Digest): boolean {
    return this.#asParts.has(digest);
  }
}

/** Whether the manifest belongs to no other one, or has a tag of its own. */
export function isIndependent({ hasSubject, asPart, tags }: ManifestFacts): boolean {
  return !hasSubject && (asPart === undefined || tags.length > 0);
}

/** By the registry if it was asked, otherwise by the lists, if they agree. */
export function manifestKind({ asked }: ManifestFacts, known: KnownManifest | undefined): ManifestKind {
  return asked === undefined ? (known?.kind ?? 'unknown') : kindOf(asked.mediaType);
}

/** Whether it has no tag, and its content was not read, so that it may be attached to any other manifest. */
export function mayBeAttached(facts: ManifestFacts, known: KnownManifest | undefined): boolean {
  const { asked, isReferrer, tags, asPart } = facts;
  const isKnown = asked?.subject !== undefined || isReferrer;
  return !isKnown && tags.length === 0 && asPart === undefined && canHaveSubject(facts, known);
}

/** Whether the format of the manifest allows it to be an attachment. */
export function canHaveSubject({ asked }: ManifestFacts, known: KnownManifest | undefined): boolean {
  return asked === undefined ? known?.mayHaveSubject !== false : mayHaveSubject(asked.mediaType);
}

/** How the manifest relates to others; `undefined` if it is an ordinary image. */
export function roleOf(
  { hasSubject, parts, asked, asPart }: ManifestFacts,
  kind: ManifestKind,
): ImageRole | undefined {
  if (hasSubject) {
    return 'signature';
  }
  if (kind === 'index' || parts !== undefined) {
    return 'index';
  }
  const isAttachmentByContent = asked?.subject !== null && asked?.subject !== undefined;
  if (kind === 'artifact' || isAttachmentByContent) {
    return 'signature';
  }
  return asPart?.isAttestation === true ? 'attestation' : undefined;
}

/** What indexes say about each manifest they contain. */
function partsByDigest({ parts }: ReferenceGraph): ReadonlyMap<Digest, GraphPart> {
  const byDigest = new Map<Digest, GraphPart>();
  for (const own of parts.values()) {
    for (const part of own) {
      const known = byDigest.get(part.digest);
      byDigest.set(part.digest, known === undefined ? part : merged(known, part));
    }
  }
  return byDigest;
}
