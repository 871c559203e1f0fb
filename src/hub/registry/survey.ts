import { activityStatus, lastActivity } from '../activity';
import type { Digest } from '../digest';
import type { ListingGap } from '../imageApi';
import type { Image, ImageRole, ImageStatus } from '../model';
import type { ListedManifest, ListedPart, ListedTag } from './listWire';
import { referenceGraph, type IndexContents, type KnownPart, type ReferenceGraph } from './referenceGraph';
import type { RepositoryLists } from './repositoryLists';

/** An image before its status is computed, which requires an `activeFrom`. */
type ImageWithoutStatus = Omit<Image, 'status' | 'parts'>;

/** Everything known about one repository at one time. */
export class Survey {
  /** Whether images without a tag are listed. */
  readonly hasUntagged: boolean;
  readonly lists: RepositoryLists;
  readonly graph: ReferenceGraph;
  readonly #manifests: ReadonlyMap<Digest, ListedManifest>;
  readonly #facts: ReadonlyMap<Digest, ListedPart>;
  readonly #signatures: ReadonlyMap<Digest, readonly Digest[]>;
  /** The images for the latest `activeFrom`, in milliseconds. */
  #listed: { readonly activeFrom: number; readonly images: readonly Image[] } | undefined;

  /**
   * @param read Contents of the indexes that have been read.
   * @param isPartial Whether more is being read.
   */
  constructor(
    lists: RepositoryLists,
    read: IndexContents,
    readonly isPartial = false,
  ) {
    const manifests = lists.manifests ?? manifestsOfTags(lists.tags);
    this.lists = lists;
    this.hasUntagged = lists.manifests !== undefined;
    this.graph = referenceGraph(manifests, lists.tags, read);
    this.#manifests = new Map(manifests.map((manifest) => [manifest.digest, manifest]));
    this.#facts = factsOf(lists.tags, this.graph);
    this.#signatures = signaturesOf(this.graph);
  }

  /** A survey of the images on the first page of tags: enough to show something, but not to plan a deletion. */
  static ofFirstTags(tags: readonly ListedTag[]): Survey {
    return new Survey(
      { manifests: undefined, tags, tagCount: tags.length, areTagsCut: false },
      new Map(),
      true,
    );
  }

  /** What the lists do not show. */
  get gaps(): readonly ListingGap[] {
    return [
      ...(this.hasUntagged ? [] : ['untaggedHidden' as const]),
      ...(this.#hasHiddenTags ? ['tagsCut' as const] : []),
      ...(this.graph.unread.length > 0 ? ['indexesUnread' as const] : []),
    ];
  }

  /** Without a list of manifests, an image is known only by the digest of its tag. */
  get #hasHiddenTags(): boolean {
    const { areTagsCut, tags } = this.lists;
    return !this.hasUntagged && (areTagsCut || tags.some(({ digest }) => digest === undefined));
  }

  /** Whether the repository has a manifest with this digest. */
  has(digest: Digest): boolean {
    return this.#manifests.has(digest);
  }

  /** The entry of a manifest in the list. */
  manifest(digest: Digest): ListedManifest | undefined {
    return this.#manifests.get(digest);
  }

  /** What the image belongs to: the indexes that contain it, and its subject. */
  parentsOf(digest: Digest): readonly Digest[] {
    const subject = this.graph.subjects.get(digest);
    return [...(this.graph.parents.get(digest) ?? []), ...(subject === undefined ? [] : [subject])];
  }

  /**
   * Whether an index that is not planned for deletion has unknown content. Any image may belong to it, even one that
   * has tags or belongs to other indexes.
   */
  hasUnreadIndexBesides(planned: ReadonlySet<Digest>): boolean {
    return this.graph.unread.some((index) => !planned.has(index));
  }

  /** Attachments of the image. */
  signaturesOf(digest: Digest): readonly Digest[] {
    return this.#signatures.get(digest) ?? [];
  }

  /**
   * Lists the images in the order of the list of manifests. An image that belongs to another one is among its
   * {@link Image.parts}. It is listed separately only if it has a tag of its own.
   */
  images(activeFrom: Date): readonly Image[] {
    if (this.#listed?.activeFrom !== activeFrom.getTime()) {
      const images = [...this.#manifests.keys()]
        .filter((digest) => this.#standsForItself(digest))
        .map((digest) => this.#image(digest, activeFrom, new Set()));
      this.#listed = { activeFrom: activeFrom.getTime(), images };
    }
    return this.#listed.images;
  }

  /** The image as it is listed, or as a part of another image. */
  image(digest: Digest, activeFrom: Date): Image | undefined {
    return this.has(digest) ? this.#image(digest, activeFrom, new Set()) : undefined;
  }

  #standsForItself(digest: Digest): boolean {
    if (this.graph.subjects.has(digest)) {
      return false;
    }
    const isPart = this.graph.parents.has(digest);
    return !isPart || (this.#manifests.get(digest)?.tags.length ?? 0) > 0;
  }

  /** @param above Images that contain this one, to end the recursion where parts form a cycle. */
  #image(digest: Digest, activeFrom: Date, above: ReadonlySet<Digest>): Image {
    const path = new Set([...above, digest]);
    const parts = [
      ...(this.graph.parts.get(digest) ?? []).map((part) => part.digest),
      ...this.signaturesOf(digest),
    ]
      .filter((part) => !path.has(part) && this.has(part))
      .map((part) => this.#image(part, activeFrom, path));
    const withoutStatus = this.#withoutStatus(digest);
    const image = {
      ...withoutStatus,
      lastPulled: newest([withoutStatus, ...parts].map(({ lastPulled }) => lastPulled)),
    };
    return {
      ...image,
      status: statusOf(image, activeFrom),
      ...(parts.length > 0 && { parts }),
    };
  }

  #withoutStatus(digest: Digest): ImageWithoutStatus {
    const manifest = this.#manifests.get(digest);
    const facts = this.#facts.get(digest);
    const role = this.#roleOf(digest, facts);
    const sizeBytes = manifest?.sizeBytes ?? facts?.sizeBytes;
    return {
      digest,
      tags: (manifest?.tags ?? []).map((name) => ({ name, isCurrent: true })),
      lastPushed: newest([manifest?.lastPushed, facts?.lastPushed]),
      lastPulled: newest([manifest?.lastPulled, facts?.lastPulled]),
      ...(role !== undefined && { role }),
      ...(facts?.platform !== undefined && !facts.isAttestation && { platform: facts.platform }),
      ...(sizeBytes !== undefined && { sizeBytes }),
    };
  }

  #roleOf(digest: Digest, facts: ListedPart | undefined): ImageRole | undefined {
    if (this.graph.subjects.has(digest)) {
      return 'signature';
    }
    if (this.#manifests.get(digest)?.isIndex === true) {
      return 'index';
    }
    return facts?.isAttestation === true ? 'attestation' : undefined;
  }
}

/** Unknown if neither push nor pull is known: that does not mean that the image is old. */
function statusOf(image: Pick<Image, 'lastPushed' | 'lastPulled'>, activeFrom: Date): ImageStatus {
  return lastActivity(image) === undefined ? 'unknown' : activityStatus(image, activeFrom);
}

/** The images with tags and their platforms, if the server has no list of manifests. */
function manifestsOfTags(tags: readonly ListedTag[]): readonly ListedManifest[] {
  const manifests = new Map<Digest, ListedManifest>();
  for (const tag of tags) {
    const { digest, lastPushed, lastPulled, sizeBytes, name } = tag;
    if (digest === undefined) {
      continue;
    }
    const known = manifests.get(digest);
    manifests.set(digest, {
      digest,
      tags: [...(known?.tags ?? []), name],
      isIndex: mayBeIndex(tag),
      lastPushed: newest([known?.lastPushed, lastPushed]),
      lastPulled: newest([known?.lastPulled, lastPulled]),
      sizeBytes,
    });
  }
  for (const { digest, parts } of tags) {
    for (const part of digest === undefined ? [] : parts) {
      if (part.digest !== undefined && !manifests.has(part.digest)) {
        const { lastPushed, lastPulled, sizeBytes } = part;
        manifests.set(part.digest, {
          digest: part.digest,
          tags: [],
          isIndex: false,
          lastPushed,
          lastPulled,
          sizeBytes,
        });
      }
    }
  }
  return [...manifests.values()];
}

/**
 * A part without a digest may be another image, unless it is the only part of an image that is known not to be an
 * index.
 */
function mayBeIndex({ digest, isIndex, parts }: ListedTag): boolean {
  return (
    isIndex === true ||
    parts.some((part) =>
      part.digest === undefined ? isIndex === undefined || parts.length > 1 : part.digest !== digest,
    )
  );
}

/** What tags and indexes report about each manifest, with the newest times of all of them. */
function factsOf(tags: readonly ListedTag[], { parts }: ReferenceGraph): ReadonlyMap<Digest, ListedPart> {
  const facts = new Map<Digest, ListedPart>();
  const add = (digest: Digest, reported: Omit<ListedPart, 'digest'>): void => {
    const known = facts.get(digest);
    facts.set(digest, {
      digest,
      platform: reported.platform ?? known?.platform,
      isAttestation: reported.isAttestation || (known?.isAttestation ?? false),
      lastPushed: newest([known?.lastPushed, reported.lastPushed]),
      lastPulled: newest([known?.lastPulled, reported.lastPulled]),
      sizeBytes: known?.sizeBytes ?? reported.sizeBytes,
    });
  };
  for (const tag of tags) {
    if (tag.digest !== undefined) {
      add(tag.digest, { ...tag, platform: undefined, isAttestation: false });
    }
    tag.parts.forEach((part) => part.digest !== undefined && add(part.digest, part));
  }
  for (const part of [...parts.values()].flat() satisfies readonly KnownPart[]) {
    add(part.digest, part);
  }
  return facts;
}

function signaturesOf({ subjects }: ReferenceGraph): ReadonlyMap<Digest, readonly Digest[]> {
  const signatures = new Map<Digest, Digest[]>();
  for (const [signature, subject] of subjects) {
    signatures.set(subject, [...(signatures.get(subject) ?? []), signature]);
  }
  return signatures;
}

function newest(times: readonly (Date | undefined)[]): Date | undefined {
  return times.reduce(
    (last, time) => (last === undefined || (time !== undefined && time > last) ? time : last),
    undefined,
  );
}
