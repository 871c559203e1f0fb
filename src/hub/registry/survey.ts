import { lastActivity, statusAt } from '../activity';
import type { Digest } from '../digest';
import type { ListingGap } from '../imageApi';
import type { Image, ImageDoubt } from '../model';
import { BuiltImages } from './builtImages';
import { type KnownManifest, KnownManifests } from './knownManifests';
import type { ListedTag } from './listWire';
import {
  canHaveSubject,
  FactsByManifest,
  isIndependent,
  type ManifestFacts,
  manifestKind,
  mayBeAttached,
  roleOf,
} from './manifestFacts';
import type { ManifestKind } from './manifestKind';
import type { StoredManifests } from './manifestStore';
import { latest, pullTimes } from './pullTimes';
import { referenceGraph, type ReferenceGraph } from './referenceGraph';
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
  readonly #facts: FactsByManifest;
  /** Manifests that an entry is about which could not be read in full, and everything that they belong to. */
  readonly #unreadable: ReadonlySet<Digest>;
  /** Whether there are tags of which it is not known where they point. */
  readonly #areTagsUnknown: boolean;
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
    const unlistedAttachments = this.#findUnlistedAttachments(listedParts);
    known.addOthers(listedParts);
    known.addOthers(unlistedAttachments);
    this.graph = referenceGraph({
      known: this.#known,
      tagsOf: this.claims.tagsOf,
      listedTags: lists.tags,
      stored: answers.stored,
      referrers: answers.referrers,
      isGone: answers.isGone,
    });
    this.#facts = new FactsByManifest(known, {
      claims: this.claims,
      stored: answers.stored,
      referrers: answers.referrers,
      graph: this.graph,
      times: pullTimes(lists, this.claims.tagsOf, answers.stored, known),
    });
    this.#unreadable = this.#findUnreadable();
    const { unread } = lists;
    this.#areTagsUnknown =
      unread !== undefined &&
      (unread.hasUnknownTags ||
        [...unread.tags].some((tag) => !this.claims.hasTag(tag) && answers.askedTags.get(tag) !== null));
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
    return !this.hasUntagged || this.lists.areManifestsCut || this.lists.unread?.hasUnknownManifests === true;
  }

  /** Whether an entry that could not be read may be about any image, so that the absence of an image proves nothing. */
  get mayLackAny(): boolean {
    return this.lists.unread?.hasUnknownManifests === true || this.#areTagsUnknown;
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
      ...(this.lists.unread === undefined ? [] : ['entriesUnread' as const]),
    ];
  }

  /** Every manifest that any source names. */
  get digests(): Iterable<Digest> {
    return this.#known.keys();
  }

  /** Whether any source names a manifest with this digest. */
  has(digest: Digest): boolean {
    return this.#known.has(digest) || this.#facts.isPart(digest);
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
    const known = this.#known.get(digest);
    return manifestKind(this.#facts.of(digest, known), known);
  }

  /** The last pull of this manifest alone; `undefined` if none is known. */
  lastPulled(digest: Digest): Date | undefined {
    const known = this.#known.get(digest);
    return (this.#facts.of(digest, known).times ?? known?.manifest)?.lastPulled;
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
    const known = this.#known.get(digest);
    return this.#doubtAbout(digest, this.#facts.of(digest, known), known);
  }

  /** Whether an index with unknown content may contain it. An image with a tag is wanted for itself or not at all. */
  mayBePart(digest: Digest): boolean {
    const known = this.#known.get(digest);
    return this.#mayBePart(this.#facts.of(digest, known), known);
  }

  /** Whether it has no tag and may be attached to another manifest, which only its content or that one could tell. */
  mayBeAttachment(digest: Digest): boolean {
    return this.mayHaveUnknownSubject(digest) && !this.answers.isNoAttachment(digest);
  }

  /** Whether it has no tag, and its content was not read, so that it may be attached to any other manifest. */
  mayHaveUnknownSubject(digest: Digest): boolean {
    const known = this.#known.get(digest);
    return mayBeAttached(this.#facts.of(digest, known), known);
  }

  /** Whether its format allows it to be an attachment. */
  mayHaveSubject(digest: Digest): boolean {
    const known = this.#known.get(digest);
    return canHaveSubject(this.#facts.of(digest, known), known);
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
    return known === undefined ? undefined : this.#evaluate(activeFrom).built.getKnown(digest, known);
  }

  /** Whether it belongs to no other image, or has a tag of its own. */
  standsForItself(digest: Digest): boolean {
    return isIndependent(this.#facts.of(digest, this.#known.get(digest)));
  }

  #hasUndetermined(): boolean {
    for (const [digest, known] of this.graph.unread.size > 0 ? this.#known : none) {
      const facts = this.#facts.of(digest, known);
      if (known.manifest !== undefined && isIndependent(facts) && this.#mayBePart(facts, known)) {
        return true;
      }
    }
    return false;
  }

  #doubtAbout(
    digest: Digest,
    facts: ManifestFacts,
    known: KnownManifest | undefined,
  ): ImageDoubt | undefined {
    if (facts.isDisputed) {
      return 'disputed';
    }
    if (this.#isUnreadable(digest, facts)) {
      return 'unreadable';
    }
    const isUndetermined =
      this.#mayBePart(facts, known) || (mayBeAttached(facts, known) && !this.answers.isNoAttachment(digest));
    return isUndetermined ? 'undetermined' : undefined;
  }

  /** An image without a tag may belong to a manifest of which nothing could be read; a tag of that kind may be on any. */
  #isUnreadable(digest: Digest, { tags }: ManifestFacts): boolean {
    const { unread } = this.lists;
    return (
      unread !== undefined &&
      (this.#areTagsUnknown ||
        this.#unreadable.has(digest) ||
        (unread.hasUnknownManifests && tags.length === 0))
    );
  }

  #findUnreadable(): ReadonlySet<Digest> {
    const { unread } = this.lists;
    const found = new Set<Digest>(unread?.manifests);
    for (const tag of unread?.tags ?? none) {
      this.claims.digestsOf(tag).forEach((digest) => found.add(digest));
    }
    for (const digest of found) {
      this.parentsOf(digest).forEach((parent) => found.add(parent)); // the loop reaches what is added
    }
    return found;
  }

  #mayBePart(facts: ManifestFacts, known: KnownManifest | undefined): boolean {
    const { tags, isUnread } = facts;
    return tags.length > 0
      ? isUnread && manifestKind(facts, known) === 'unknown'
      : this.graph.unread.size > (isUnread ? 1 : 0);
  }

  /**
   * Attachments that the registry names and no list shows: it may not have shown them yet, or there is no list of
   * manifests. One that a complete list has shown before and shows no longer is gone.
   */
  #findUnlistedAttachments(parts: ReadonlySet<Digest>): ReadonlySet<Digest> {
    const { referrers, isGone, wasShown } = this.answers;
    const isKnown = (digest: Digest) => this.#known.has(digest) || parts.has(digest);
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
    const tagged = this.lists.tags.filter(({ digest }) => digest !== undefined);
    return new Set(tagged.flatMap((tag) => tag.parts.flatMap(({ digest }) => digest ?? [])));
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
      const facts = this.#facts.of(digest, known);
      if (built.getKnown(digest, known) === undefined) {
        if (hasParts(facts)) {
          this.#buildWithParts({ digest, known, facts }, activeFrom, built, begun);
        } else {
          built.set(this.#image(digest, known, facts, none, activeFrom), known);
        }
      }
      const image = built.getKnown(digest, known);
      if (image !== undefined && isIndependent(facts)) {
        images.push(image);
      }
    }
    return { activeFrom: activeFrom.getTime(), built, images };
  }

  /** Builds each image once, its parts before it, so that the time grows linearly however images share parts. */
  #buildWithParts(start: Unbuilt, activeFrom: Date, built: BuiltImages, begun: Set<Digest>): void {
    const stack = [start];
    for (let next = stack.at(-1); next !== undefined; next = stack.at(-1)) {
      const { digest, known, facts } = next;
      const parts = partDigests(facts);
      const missing = begun.has(digest) ? none : this.#unbuilt(parts, built, begun);
      begun.add(digest);
      // Those without parts are built at once, because they are most and need no turn of their own.
      missing
        .filter((part) => !hasParts(part.facts))
        .forEach((part) => {
          built.set(this.#image(part.digest, part.known, part.facts, none, activeFrom), part.known);
        });
      const waiting = missing.filter((part) => hasParts(part.facts));
      if (waiting.length > 0) {
        stack.push(...waiting);
        continue;
      }
      stack.pop();
      if (built.getKnown(digest, known) === undefined) {
        // A part that is missing contains the image itself, or no longer exists.
        const images = parts.flatMap((part) => built.get(part) ?? []);
        built.set(this.#image(digest, known, facts, images, activeFrom), known);
      }
    }
  }

  #unbuilt(digests: readonly Digest[], built: BuiltImages, begun: ReadonlySet<Digest>): readonly Unbuilt[] {
    const found: Unbuilt[] = [];
    for (const digest of digests) {
      const known = this.#known.get(digest);
      const isMissing = built.getKnown(digest, known) === undefined && !begun.has(digest);
      if (isMissing && !this.answers.isGone(digest)) {
        found.push({ digest, known, facts: this.#facts.of(digest, known) });
      }
    }
    return found;
  }

  #image(
    digest: Digest,
    known: KnownManifest | undefined,
    facts: ManifestFacts,
    parts: readonly Image[],
    activeFrom: Date,
  ): Image {
    const { tags, asPart } = facts;
    const own = facts.times ?? known?.manifest;
    const kind = manifestKind(facts, known);
    const role = roleOf(facts, kind);
    const sizeBytes = known?.manifest?.sizeBytes ?? known?.tags[0]?.sizeBytes ?? asPart?.sizeBytes;
    const platforms = asPart !== undefined && !asPart.isAttestation ? asPart.platforms.join(', ') : '';
    const doubt = this.#doubtAbout(digest, facts, known);
    const lastPulled = parts.reduce((last, part) => latest(last, part.lastPulled), own?.lastPulled);
    // The pulls of its parts make an image active, but they do not make it known when it was used last.
    const isKnown = own?.reportsPulls === true && lastActivity(own) !== undefined;
    const times = { lastPushed: own?.lastPushed, lastPulled };
    const status = statusAt(isKnown ? times : { ...times, arePullsUnknown: true }, activeFrom);
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
    if (hasUnknownParts(facts, kind, parts) || this.answers.mayHaveMoreAttachments(digest)) {
      image.arePartsUnknown = true;
    }
    if (doubt !== undefined) {
      image.doubt = doubt;
    }
    return image;
  }
}

/** An image that is not built yet, with what it is built from besides its parts. */
interface Unbuilt {
  readonly digest: Digest;
  readonly known: KnownManifest | undefined;
  readonly facts: ManifestFacts;
}

/** One array for all manifests without a tag, a part or an attachment, which are most of a large repository. */
const none: readonly never[] = [];

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function hasParts({ parts, attachments }: ManifestFacts): boolean {
  return parts !== undefined || attachments.length > 0;
}

function partDigests({ parts, attachments }: ManifestFacts): readonly Digest[] {
  if (parts === undefined) {
    return attachments;
  }
  const own = parts.map((part) => part.digest);
  return attachments.length === 0 ? own : [...new Set([...own, ...attachments])];
}

/** Whether only the registry could tell what belongs to the image, or to an index in it. */
function hasUnknownParts(
  { isUnread, parts: ownParts }: ManifestFacts,
  kind: ManifestKind,
  parts: readonly Image[],
): boolean {
  const isUnreadIndex = isUnread && (kind === 'index' || ownParts !== undefined);
  return isUnreadIndex || parts.some(({ arePartsUnknown }) => arePartsUnknown);
}
