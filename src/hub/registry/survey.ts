import { lastActivity, statusAt } from '../activity';
import type { Digest } from '../digest';
import type { ListingGap } from '../imageApi';
import type { Image, ImageDoubt, ImageRole } from '../model';
import { kindOf, type ManifestKind, mayHaveSubject } from './manifestKind';
import type { ListedManifest, ListedTag } from './listWire';
import type { StoredManifests } from './manifestStore';
import { latest, pullTimes, type PullTimes } from './pullTimes';
import { type GraphPart, merged, referenceGraph, type ReferenceGraph } from './referenceGraph';
import type { RepositoryLists } from './repositoryLists';
import { type AskedTags, tagClaims, type TagClaims } from './tagClaims';

/** What the registry said about a repository, beyond its lists. */
export interface RegistryAnswers {
  /** Increases whenever the answers have changed. */
  readonly version: number;
  /** What it said about manifests, now or earlier. */
  readonly stored: StoredManifests;
  /** What it said about tags in this reading. */
  readonly askedTags: AskedTags;
  /** Attachments that it named when it was asked about their subject, with that subject. */
  readonly referrers: ReadonlyMap<Digest, Digest>;
  /** Whether a manifest is certainly no attachment of another one that stays, although it was not read. */
  readonly isNoAttachment: (digest: Digest) => boolean;
  /** Whether a manifest no longer exists, although an index may still name it. */
  readonly isGone: (digest: Digest) => boolean;
  /** Whether a list of manifests has ever shown the manifest. */
  readonly wasShown: (digest: Digest) => boolean;
}

const noAnswers: RegistryAnswers = {
  version: 0,
  stored: new Map(),
  askedTags: new Map(),
  referrers: new Map(),
  isNoAttachment: () => false,
  isGone: () => false,
  wasShown: () => false,
};

/** Everything known about one repository at one time, from all sources. */
export class Survey {
  readonly lists: RepositoryLists;
  readonly answers: RegistryAnswers;
  readonly graph: ReferenceGraph;
  readonly claims: TagClaims;
  readonly #manifests: ReadonlyMap<Digest, ListedManifest>;
  readonly #tagsByImage = new Map<Digest, ListedTag[]>();
  readonly #unlistedAttachments: ReadonlySet<Digest>;
  readonly #times: ReadonlyMap<Digest, PullTimes>;
  readonly #partFacts: ReadonlyMap<Digest, GraphPart>;
  /** The images for the latest `activeFrom`, in milliseconds. */
  #listed: { readonly activeFrom: number; readonly all: ReadonlyMap<Digest, Image> } | undefined;

  /** @param isPartial Whether more is being read. */
  constructor(
    lists: RepositoryLists,
    answers: RegistryAnswers,
    readonly isPartial = false,
  ) {
    this.lists = lists;
    this.answers = answers;
    const manifests = lists.manifests ?? [];
    this.claims = tagClaims(manifests, lists.tags, answers.askedTags);
    for (const tag of lists.tags) {
      if (tag.digest !== undefined) {
        const own = this.#tagsByImage.get(tag.digest);
        if (own === undefined) {
          this.#tagsByImage.set(tag.digest, [tag]);
        } else {
          own.push(tag);
        }
      }
    }
    this.#manifests = new Map(manifests.map((manifest) => [manifest.digest, manifest]));
    this.#unlistedAttachments = this.#findUnlistedAttachments();
    this.graph = referenceGraph({
      digests: this.#knownDigests(),
      mayBeIndex: (digest) => ['index', 'unknown'].includes(this.kind(digest)),
      tagsOf: this.claims.tagsOf,
      listedTags: lists.tags,
      stored: answers.stored,
      referrers: answers.referrers,
    });
    this.#times = pullTimes(lists, this.claims.tagsOf, answers.stored);
    this.#partFacts = partFacts(this.graph);
  }

  /** A survey of the images on the first page of tags: enough to show something, but not to plan a deletion. */
  static ofFirstTags(tags: readonly ListedTag[]): Survey {
    const lists = {
      manifests: undefined,
      areManifestsCut: false,
      tags,
      tagCount: tags.length,
      areTagsCut: false,
    };
    return new Survey(lists, noAnswers, true);
  }

  /** Whether images without a tag are listed. */
  get hasUntagged(): boolean {
    return this.lists.manifests !== undefined;
  }

  /** Whether there may be manifests without a tag that no list shows. */
  get mayLackUntagged(): boolean {
    return !this.hasUntagged || this.lists.areManifestsCut;
  }

  /** What the lists do not show. */
  get gaps(): readonly ListingGap[] {
    const { areTagsCut, areManifestsCut, tags } = this.lists;
    const hasHiddenTags =
      areTagsCut || (!this.hasUntagged && tags.some(({ digest }) => digest === undefined));
    return [
      ...(this.hasUntagged ? [] : ['untaggedHidden' as const]),
      ...(areManifestsCut ? ['manifestsCut' as const] : []),
      ...(hasHiddenTags ? ['tagsCut' as const] : []),
      ...(this.#hasUndetermined() ? ['indexesUnread' as const] : []),
      ...(this.claims.disputed.size > 0 ? ['tagsDisputed' as const] : []),
    ];
  }

  /** Every manifest that any source names. */
  get digests(): Iterable<Digest> {
    return this.#knownDigests();
  }

  /** Whether any source names a manifest with this digest. */
  has(digest: Digest): boolean {
    return this.#isListed(digest) || this.#unlistedAttachments.has(digest) || this.#partFacts.has(digest);
  }

  /** Whether the list of manifests has the digest. */
  isInManifestList(digest: Digest): boolean {
    return this.#manifests.has(digest);
  }

  /** Every tag that any source reports for the image. */
  tagsOf(digest: Digest): readonly string[] {
    return this.claims.tagsOf.get(digest) ?? [];
  }

  /** By the registry if it was asked, otherwise by the lists, if they agree. */
  kind(digest: Digest): ManifestKind {
    const asked = this.answers.stored.get(digest);
    if (asked !== undefined) {
      return kindOf(asked.mediaType);
    }
    const listed = this.#mediaTypesOf(digest).map(kindOf);
    const known = new Set(listed.filter((kind) => kind !== 'unknown'));
    const [only = 'unknown'] = known;
    return known.size === 1 ? only : 'unknown';
  }

  /** The last pull of this manifest alone; `undefined` if none is known. */
  lastPulled(digest: Digest): Date | undefined {
    return this.#times.get(digest)?.lastPulled;
  }

  /** What the manifest belongs to: the indexes that contain it, and its subject. */
  parentsOf(digest: Digest): readonly Digest[] {
    const subject = this.graph.subjects.get(digest);
    return [...(this.graph.parents.get(digest) ?? []), ...(subject === undefined ? [] : [subject])];
  }

  /** Attachments of the manifest. */
  attachmentsOf(digest: Digest): readonly Digest[] {
    return this.graph.attachments.get(digest) ?? [];
  }

  /** The manifests, and everything that belongs to them at any depth, as far as it is known. */
  withDependents(digests: Iterable<Digest>): ReadonlySet<Digest> {
    const all = new Set(digests);
    for (const digest of all) {
      this.graph.parts.get(digest)?.forEach((part) => all.add(part.digest)); // the loop reaches what is added
      this.attachmentsOf(digest).forEach((attachment) => all.add(attachment));
    }
    return all;
  }

  /** Why it cannot be said whether the image may be deleted; `undefined` if it can. */
  doubtAbout(digest: Digest): ImageDoubt | undefined {
    if (this.claims.disputedImages.has(digest)) {
      return 'disputed';
    }
    return this.mayBePart(digest) || this.mayBeAttachment(digest) ? 'undetermined' : undefined;
  }

  /** Whether an index with unknown content may contain it. An image with a tag is wanted for itself or not at all. */
  mayBePart(digest: Digest): boolean {
    const { unread } = this.graph;
    if (this.tagsOf(digest).length > 0) {
      return unread.has(digest) && this.kind(digest) === 'unknown';
    }
    return unread.size > (unread.has(digest) ? 1 : 0);
  }

  /** Whether it has no tag and may be attached to another manifest, which only its content or that one could tell. */
  mayBeAttachment(digest: Digest): boolean {
    return this.mayHaveUnknownSubject(digest) && !this.answers.isNoAttachment(digest);
  }

  /** Whether it has no tag, and its content was not read, so that it may be attached to any other manifest. */
  mayHaveUnknownSubject(digest: Digest): boolean {
    const { stored, referrers } = this.answers;
    const isKnown = stored.get(digest)?.subject !== undefined || referrers.has(digest);
    return (
      !isKnown &&
      this.tagsOf(digest).length === 0 &&
      !this.graph.parents.has(digest) &&
      this.mayHaveSubject(digest)
    );
  }

  /** Whether its format allows it to be an attachment. */
  mayHaveSubject(digest: Digest): boolean {
    const asked = this.answers.stored.get(digest)?.mediaType;
    const mediaTypes = asked === undefined ? this.#mediaTypesOf(digest) : [asked];
    return mediaTypes.length === 0 || mediaTypes.some(mayHaveSubject);
  }

  /**
   * Lists the images in the order of the list of manifests. An image that belongs to another one is among its
   * {@link Image.parts}. It is listed separately only if it has a tag of its own.
   */
  images(activeFrom: Date): readonly Image[] {
    return [...this.#all(activeFrom)].flatMap(([digest, image]) =>
      this.standsForItself(digest) ? [image] : [],
    );
  }

  /** The image as it is listed, or as a part of another image. */
  image(digest: Digest, activeFrom: Date): Image | undefined {
    return this.#all(activeFrom).get(digest);
  }

  /** Whether it belongs to no other image, or has a tag of its own. */
  standsForItself(digest: Digest): boolean {
    if (this.graph.subjects.has(digest)) {
      return false;
    }
    return !this.graph.parents.has(digest) || this.tagsOf(digest).length > 0;
  }

  #hasUndetermined(): boolean {
    for (const digest of this.#manifests.keys()) {
      if (this.standsForItself(digest) && this.mayBePart(digest)) {
        return true;
      }
    }
    return false;
  }

  *#knownDigests(): Iterable<Digest> {
    yield* this.#manifests.keys();
    for (const digest of this.#tagsByImage.keys()) {
      if (!this.#manifests.has(digest)) {
        yield digest;
      }
    }
    if (!this.hasUntagged) {
      yield* this.#listedParts();
    }
    yield* this.#unlistedAttachments;
  }

  #isListed(digest: Digest): boolean {
    return this.#manifests.has(digest) || this.#tagsByImage.has(digest);
  }

  /**
   * Attachments that the registry names and no list shows: it may not have shown them yet, or there is no list of
   * manifests. One that a complete list has shown before and shows no longer is gone.
   */
  #findUnlistedAttachments(): ReadonlySet<Digest> {
    const { referrers, isGone, wasShown } = this.answers;
    const parts = new Set(this.hasUntagged ? [] : this.#listedParts());
    const found = new Set<Digest>();
    const isKnown = (digest: Digest) => this.#isListed(digest) || parts.has(digest) || found.has(digest);
    for (let before = -1; before < found.size;) {
      before = found.size; // again until nothing is added, because an attachment may have attachments
      for (const [digest, subject] of referrers) {
        const mayExist = !isGone(digest) && (this.mayLackUntagged || !wasShown(digest));
        if (mayExist && isKnown(subject) && !isKnown(digest)) {
          found.add(digest);
        }
      }
    }
    return found;
  }

  /** Without a list of manifests, the list of tags is the only source that names platforms. */
  *#listedParts(): Iterable<Digest> {
    const seen = new Set<Digest>();
    for (const { digest: index, parts } of this.lists.tags) {
      for (const { digest } of index === undefined ? [] : parts) {
        if (digest !== undefined && !this.#tagsByImage.has(digest) && !seen.has(digest)) {
          seen.add(digest);
          yield digest;
        }
      }
    }
  }

  #mediaTypesOf(digest: Digest): readonly string[] {
    const manifest = this.#manifests.get(digest)?.mediaType;
    const tags = (this.#tagsByImage.get(digest) ?? []).map(({ mediaType }) => mediaType);
    return [...(manifest === undefined ? [] : [manifest]), ...tags].filter((mediaType) => mediaType !== '');
  }

  #all(activeFrom: Date): ReadonlyMap<Digest, Image> {
    if (this.#listed?.activeFrom !== activeFrom.getTime()) {
      this.#listed = { activeFrom: activeFrom.getTime(), all: this.#build(activeFrom) };
    }
    return this.#listed.all;
  }

  /** Builds each image once, its parts before it, so that the time grows linearly however images share parts. */
  #build(activeFrom: Date): ReadonlyMap<Digest, Image> {
    const built = new Map<Digest, Image>();
    const begun = new Set<Digest>();
    for (const start of this.#knownDigests()) {
      const stack = [start];
      for (let digest = stack.at(-1); digest !== undefined; digest = stack.at(-1)) {
        const parts = this.#partDigests(digest);
        const missing = begun.has(digest)
          ? []
          : parts.filter((part) => !built.has(part) && !begun.has(part) && !this.answers.isGone(part));
        begun.add(digest);
        if (missing.length > 0) {
          stack.push(...missing);
          continue;
        }
        stack.pop();
        if (!built.has(digest)) {
          built.set(digest, this.#image(digest, parts, built, activeFrom));
        }
      }
    }
    return inListOrder(built, this.#knownDigests());
  }

  #partDigests(digest: Digest): readonly Digest[] {
    const parts = this.graph.parts.get(digest);
    const attachments = this.attachmentsOf(digest);
    if (parts === undefined) {
      return attachments;
    }
    const own = parts.map((part) => part.digest);
    return attachments.length === 0 ? own : [...new Set([...own, ...attachments])];
  }

  /** @param built Images of its parts. A part that is missing contains the image itself, or no longer exists. */
  #image(
    digest: Digest,
    partDigests: readonly Digest[],
    built: ReadonlyMap<Digest, Image>,
    activeFrom: Date,
  ): Image {
    const parts = partDigests.flatMap((part) => built.get(part) ?? []);
    const manifest = this.#manifests.get(digest);
    const facts = this.#partFacts.get(digest);
    const own = this.#times.get(digest);
    const tags = this.tagsOf(digest);
    const role = this.#roleOf(digest, facts);
    const sizeBytes =
      manifest?.sizeBytes ?? this.#tagsByImage.get(digest)?.[0]?.sizeBytes ?? facts?.sizeBytes;
    const platforms = facts !== undefined && !facts.isAttestation ? facts.platforms.join(', ') : '';
    const doubt = this.doubtAbout(digest);
    // The pulls of its parts make an image active, but they do not make it known when it was used last.
    const isKnown = own?.reportsPulls === true && lastActivity(own) !== undefined;
    const times = {
      lastPushed: own?.lastPushed,
      lastPulled: parts.reduce((last, part) => latest(last, part.lastPulled), own?.lastPulled),
      ...(!isKnown && { arePullsUnknown: true as const }),
    };
    return {
      digest,
      tags: tags.map((name) => ({ name, isCurrent: true })),
      ...times,
      status: statusAt(times, activeFrom),
      ...(role !== undefined && { role }),
      ...(platforms !== '' && { platform: platforms }),
      ...(sizeBytes !== undefined && { sizeBytes }),
      ...(parts.length > 0 && { parts }),
      ...(this.#hasUnknownParts(digest, parts) && { arePartsUnknown: true as const }),
      ...(doubt !== undefined && { doubt }),
    };
  }

  /** Whether only the registry could tell what belongs to the image, or to an index in it. */
  #hasUnknownParts(digest: Digest, parts: readonly Image[]): boolean {
    const isUnread = this.graph.unread.has(digest) && this.#isIndex(digest);
    return isUnread || parts.some(({ arePartsUnknown }) => arePartsUnknown);
  }

  #isIndex(digest: Digest): boolean {
    return this.kind(digest) === 'index' || this.graph.parts.has(digest);
  }

  #isAttachmentByContent(digest: Digest): boolean {
    const subject = this.answers.stored.get(digest)?.subject;
    return subject !== null && subject !== undefined;
  }

  #roleOf(digest: Digest, facts: GraphPart | undefined): ImageRole | undefined {
    if (this.graph.subjects.has(digest)) {
      return 'signature';
    }
    if (this.#isIndex(digest)) {
      return 'index';
    }
    if (this.kind(digest) === 'artifact' || this.#isAttachmentByContent(digest)) {
      return 'signature';
    }
    return facts?.isAttestation === true ? 'attestation' : undefined;
  }
}

/** What indexes say about each manifest they contain. */
function partFacts({ parts }: ReferenceGraph): ReadonlyMap<Digest, GraphPart> {
  const facts = new Map<Digest, GraphPart>();
  for (const own of parts.values()) {
    for (const part of own) {
      const known = facts.get(part.digest);
      facts.set(part.digest, known === undefined ? part : merged(known, part));
    }
  }
  return facts;
}

function inListOrder(
  built: ReadonlyMap<Digest, Image>,
  digests: Iterable<Digest>,
): ReadonlyMap<Digest, Image> {
  const ordered = new Map<Digest, Image>();
  for (const digest of digests) {
    const image = built.get(digest);
    if (image !== undefined) {
      ordered.set(digest, image);
    }
  }
  return ordered;
}
