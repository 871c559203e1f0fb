import { lastActivity, statusAt } from '../activity';
import type { Digest } from '../digest';
import type { ListingGap } from '../imageApi';
import type { Image, ImageDoubt, ImageRole } from '../model';
import { BuiltImages } from './builtImages';
import { type KnownManifest, KnownManifests } from './knownManifests';
import type { ListedTag } from './listWire';
import { kindOf, type ManifestKind, mayHaveSubject } from './manifestKind';
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
  /** Whether more may be attached to a planned manifest than is known. */
  readonly mayHaveMoreAttachments: (digest: Digest) => boolean;
}

const noAnswers: RegistryAnswers = {
  version: 0,
  stored: new Map(),
  askedTags: new Map(),
  referrers: new Map(),
  isNoAttachment: () => false,
  isGone: () => false,
  wasShown: () => false,
  mayHaveMoreAttachments: () => false,
};

/** The images for one `activeFrom`, in milliseconds. */
interface EvaluatedImages {
  readonly activeFrom: number;
  readonly built: BuiltImages;
  /** Those that stand for themselves. */
  readonly images: readonly Image[];
}

/** Everything known about one repository at one time, from all sources. */
export class Survey {
  readonly lists: RepositoryLists;
  readonly answers: RegistryAnswers;
  readonly graph: ReferenceGraph;
  readonly claims: TagClaims;
  readonly #known: ReadonlyMap<Digest, KnownManifest>;
  readonly #unlistedAttachments: ReadonlySet<Digest>;
  readonly #times: ReadonlyMap<Digest, PullTimes>;
  readonly #partFacts: ReadonlyMap<Digest, GraphPart>;
  /** For the latest `activeFrom`. */
  #evaluated: EvaluatedImages | undefined;

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
    const known = new KnownManifests(lists);
    this.#known = known.byDigest;
    const listedParts = this.hasUntagged ? new Set<Digest>() : this.#findListedParts();
    this.#unlistedAttachments = this.#findUnlistedAttachments(listedParts);
    known.addOthers(listedParts);
    known.addOthers(this.#unlistedAttachments);
    this.graph = referenceGraph({
      known: this.#known,
      tagsOf: this.claims.tagsOf,
      listedTags: lists.tags,
      stored: answers.stored,
      referrers: answers.referrers,
    });
    this.#times = pullTimes(lists, this.claims.tagsOf, answers.stored, known);
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
    return this.#known.keys();
  }

  /** Whether any source names a manifest with this digest. */
  has(digest: Digest): boolean {
    return this.#isListed(digest) || this.#unlistedAttachments.has(digest) || this.#partFacts.has(digest);
  }

  /** Whether the list of manifests has the digest. */
  isInManifestList(digest: Digest): boolean {
    return this.#known.get(digest)?.manifest !== undefined;
  }

  /** Every tag that any source reports for the image. */
  tagsOf(digest: Digest): readonly string[] {
    return this.claims.tagsOf.get(digest) ?? none;
  }

  /** By the registry if it was asked, otherwise by the lists, if they agree. */
  kind(digest: Digest): ManifestKind {
    return this.#kindOf(digest, this.#known.get(digest));
  }

  /** The last pull of this manifest alone; `undefined` if none is known. */
  lastPulled(digest: Digest): Date | undefined {
    return (this.#times.get(digest) ?? this.#known.get(digest)?.manifest)?.lastPulled;
  }

  /** What the manifest belongs to: the indexes that contain it, and its subject. */
  parentsOf(digest: Digest): readonly Digest[] {
    const subject = this.graph.subjects.get(digest);
    return [...(this.graph.parents.get(digest) ?? []), ...(subject === undefined ? [] : [subject])];
  }

  /** Attachments of the manifest. */
  attachmentsOf(digest: Digest): readonly Digest[] {
    return this.graph.attachments.get(digest) ?? none;
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
    return asked === undefined ? this.#known.get(digest)?.mayHaveSubject !== false : mayHaveSubject(asked);
  }

  /**
   * Lists the images in the order of the list of manifests. An image that belongs to another one is among its
   * {@link Image.parts}. It is listed separately only if it has a tag of its own.
   */
  images(activeFrom: Date): readonly Image[] {
    return this.#evaluate(activeFrom).images;
  }

  /** The image as it is listed, or as a part of another image. */
  image(digest: Digest, activeFrom: Date): Image | undefined {
    const known = this.#known.get(digest);
    return known === undefined ? undefined : this.#evaluate(activeFrom).built.getKnown(known);
  }

  /** Whether it belongs to no other image, or has a tag of its own. */
  standsForItself(digest: Digest): boolean {
    if (this.graph.subjects.has(digest)) {
      return false;
    }
    return !this.graph.parents.has(digest) || this.tagsOf(digest).length > 0;
  }

  #hasUndetermined(): boolean {
    for (const [digest, { manifest }] of this.#known) {
      if (manifest !== undefined && this.standsForItself(digest) && this.mayBePart(digest)) {
        return true;
      }
    }
    return false;
  }

  #isListed(digest: Digest): boolean {
    const known = this.#known.get(digest);
    return known !== undefined && (known.manifest !== undefined || known.tags.length > 0);
  }

  /**
   * Attachments that the registry names and no list shows: it may not have shown them yet, or there is no list of
   * manifests. One that a complete list has shown before and shows no longer is gone.
   */
  #findUnlistedAttachments(parts: ReadonlySet<Digest>): ReadonlySet<Digest> {
    const { referrers, isGone, wasShown } = this.answers;
    const isKnown = (digest: Digest) => this.#isListed(digest) || parts.has(digest);
    const found = new Set<Digest>();
    const waiting = new Map<Digest, Digest[]>(); // by a subject that is not known yet
    for (const [digest, subject] of referrers) {
      const mayExist = !isGone(digest) && (this.mayLackUntagged || !wasShown(digest));
      if (!mayExist || isKnown(digest)) {
        continue;
      }
      if (isKnown(subject)) {
        found.add(digest);
      } else {
        const others = waiting.get(subject) ?? [];
        others.push(digest);
        waiting.set(subject, others);
      }
    }
    for (const digest of found) {
      waiting.get(digest)?.forEach((attachment) => found.add(attachment)); // the loop reaches what is added
    }
    return found;
  }

  /** Without a list of manifests, the list of tags is the only source that names platforms. */
  #findListedParts(): ReadonlySet<Digest> {
    const found = new Set<Digest>();
    for (const { digest: index, parts } of this.lists.tags) {
      for (const { digest } of index === undefined ? [] : parts) {
        if (digest !== undefined && !this.#isListed(digest)) {
          found.add(digest);
        }
      }
    }
    return found;
  }

  #evaluate(activeFrom: Date): EvaluatedImages {
    if (this.#evaluated?.activeFrom !== activeFrom.getTime()) {
      this.#evaluated = this.#build(activeFrom);
    }
    return this.#evaluated;
  }

  #build(activeFrom: Date): EvaluatedImages {
    const built = new BuiltImages(this.#known);
    const begun = new Set<Digest>();
    const images: Image[] = [];
    for (const [digest, known] of this.#known) {
      if (built.getKnown(known) === undefined) {
        const parts = this.#partDigests(digest);
        if (parts.length === 0) {
          built.set(this.#image(digest, known, parts, built, activeFrom), known);
        } else {
          this.#buildWithParts(digest, activeFrom, built, begun);
        }
      }
      const image = built.getKnown(known);
      if (image !== undefined && this.standsForItself(digest)) {
        images.push(image);
      }
    }
    return { activeFrom: activeFrom.getTime(), built, images };
  }

  /** Builds each image once, its parts before it, so that the time grows linearly however images share parts. */
  #buildWithParts(start: Digest, activeFrom: Date, built: BuiltImages, begun: Set<Digest>): void {
    const stack = [start];
    for (let digest = stack.at(-1); digest !== undefined; digest = stack.at(-1)) {
      const parts = this.#partDigests(digest);
      const missing =
        parts.length === 0 || begun.has(digest)
          ? []
          : parts.filter(
              (part) => built.get(part) === undefined && !begun.has(part) && !this.answers.isGone(part),
            );
      if (missing.length > 0) {
        begun.add(digest);
        stack.push(...missing);
        continue;
      }
      stack.pop();
      const known = this.#known.get(digest);
      if (built.get(digest) === undefined) {
        built.set(this.#image(digest, known, parts, built, activeFrom), known);
      }
    }
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
    known: KnownManifest | undefined,
    partDigests: readonly Digest[],
    built: BuiltImages,
    activeFrom: Date,
  ): Image {
    const parts = partDigests.length === 0 ? none : partDigests.flatMap((part) => built.get(part) ?? []);
    const tags = this.tagsOf(digest);
    const facts = this.#partFacts.get(digest);
    const own = this.#times.get(digest) ?? known?.manifest;
    const role = this.#roleOf(digest, known, facts);
    const sizeBytes = known?.manifest?.sizeBytes ?? known?.tags[0]?.sizeBytes ?? facts?.sizeBytes;
    const platforms = facts !== undefined && !facts.isAttestation ? facts.platforms.join(', ') : '';
    const doubt = this.doubtAbout(digest);
    const lastPulled = parts.reduce((last, part) => latest(last, part.lastPulled), own?.lastPulled);
    // The pulls of its parts make an image active, but they do not make it known when it was used last.
    const isKnown = own?.reportsPulls === true && lastActivity(own) !== undefined;
    const times = { lastPushed: own?.lastPushed, lastPulled };
    const status = statusAt(
      isKnown ? times : { lastPushed: own?.lastPushed, lastPulled, arePullsUnknown: true },
      activeFrom,
    );
    const currentTags = tags.length === 0 ? none : tags.map((name) => ({ name, isCurrent: true }));
    // Most images have just these properties. The others are assigned, because spreading them takes several times as long.
    const image: Mutable<Image> =
      sizeBytes === undefined
        ? { digest, tags: currentTags, lastPushed: own?.lastPushed, lastPulled, status }
        : { digest, tags: currentTags, lastPushed: own?.lastPushed, lastPulled, status, sizeBytes };
    if (!isKnown) {
      image.arePullsUnknown = true;
    }
    if (role !== undefined) {
      image.role = role;
    }
    if (platforms !== '') {
      image.platform = platforms;
    }
    if (parts.length > 0) {
      image.parts = parts;
    }
    if (this.#hasUnknownParts(digest, parts)) {
      image.arePartsUnknown = true;
    }
    if (doubt !== undefined) {
      image.doubt = doubt;
    }
    return image;
  }

  /** Whether only the registry could tell what belongs to the image, or to an index in it. */
  #hasUnknownParts(digest: Digest, parts: readonly Image[]): boolean {
    const isUnread = this.graph.unread.has(digest) && this.#isIndex(digest);
    return (
      isUnread ||
      this.answers.mayHaveMoreAttachments(digest) ||
      parts.some(({ arePartsUnknown }) => arePartsUnknown)
    );
  }

  #isIndex(digest: Digest): boolean {
    return this.kind(digest) === 'index' || this.graph.parts.has(digest);
  }

  #kindOf(digest: Digest, known: KnownManifest | undefined): ManifestKind {
    const asked = this.answers.stored.get(digest);
    return asked === undefined ? (known?.kind ?? 'unknown') : kindOf(asked.mediaType);
  }

  #isAttachmentByContent(digest: Digest): boolean {
    const subject = this.answers.stored.get(digest)?.subject;
    return subject !== null && subject !== undefined;
  }

  #roleOf(
    digest: Digest,
    known: KnownManifest | undefined,
    facts: GraphPart | undefined,
  ): ImageRole | undefined {
    if (this.graph.subjects.has(digest)) {
      return 'signature';
    }
    const kind = this.#kindOf(digest, known);
    if (kind === 'index' || this.graph.parts.has(digest)) {
      return 'index';
    }
    if (kind === 'artifact' || this.#isAttachmentByContent(digest)) {
      return 'signature';
    }
    return facts?.isAttestation === true ? 'attestation' : undefined;
  }
}

/** One array for all manifests without a tag, a part or an attachment, which are most of a large repository. */
const none: readonly never[] = [];

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

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
