import { activityStatus, lastActivity } from '../activity';
import type { Digest } from '../digest';
import type { ListingGap } from '../imageApi';
import type { Image, ImageRole, ImageStatus } from '../model';
import { referenceGraph, type IndexContents, type KnownPart, type ReferenceGraph } from './referenceGraph';
import type { RepositoryLists } from './repositoryLists';
import type { ListedManifest, ListedPart, ListedTag } from './wire';

/** An image before anybody has said from when on it counts as active. */
type ImageWithoutStatus = Omit<Image, 'status' | 'parts'>;

/** Everything that is known of one repository at one time. */
export class Survey {
  /** Whether images without a tag can be seen. */
  readonly hasUntagged: boolean;
  readonly lists: RepositoryLists;
  readonly graph: ReferenceGraph;
  readonly #manifests: ReadonlyMap<Digest, ListedManifest>;
  readonly #facts: ReadonlyMap<Digest, ListedPart>;
  readonly #signatures: ReadonlyMap<Digest, readonly Digest[]>;
  /** By the instant they are judged by. */
  #listed: { readonly activeFrom: number; readonly images: readonly Image[] } | undefined;

  /** @param isPartial Whether more is being read. */
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

  /** Of the images that the first page of tags leads to: enough to show something, not to judge by. */
  static ofFirstTags(tags: readonly ListedTag[]): Survey {
    return new Survey(
      { manifests: undefined, tags, tagCount: tags.length, areTagsCut: false },
      new Map(),
      true,
    );
  }

  /** What is not seen of the repository. */
  get gaps(): readonly ListingGap[] {
    return [
      ...(this.hasUntagged ? [] : ['untaggedHidden' as const]),
      ...(this.#hasHiddenTags ? ['tagsCut' as const] : []),
      ...(this.graph.unread.length > 0 ? ['indexesUnread' as const] : []),
    ];
  }

  /** Without an inventory, an image is seen only by the digest of a tag. */
  get #hasHiddenTags(): boolean {
    const { areTagsCut, tags } = this.lists;
    return !this.hasUntagged && (areTagsCut || tags.some(({ digest }) => digest === undefined));
  }

  has(digest: Digest): boolean {
    return this.#manifests.has(digest);
  }

  manifest(digest: Digest): ListedManifest | undefined {
    return this.#manifests.get(digest);
  }

  /** What the image belongs to: indexes, and the image it signs or describes. */
  parentsOf(digest: Digest): readonly Digest[] {
    const subject = this.graph.subjects.get(digest);
    return [...(this.graph.parents.get(digest) ?? []), ...(subject === undefined ? [] : [subject])];
  }

  /**
   * Whether an index stays of which nobody has reported what belongs to it: then anything may, whatever tags or other indexes
   * it has.
   */
  hasUnreadIndexBesides(planned: ReadonlySet<Digest>): boolean {
    return this.graph.unread.some((index) => !planned.has(index));
  }

  /** Signatures and descriptions of the image. */
  signaturesOf(digest: Digest): readonly Digest[] {
    return this.#signatures.get(digest) ?? [];
  }

  /**
   * Images that stand for themselves, in the order of the inventory: those that belong to others are among their
   * {@link Image.parts}, and only there unless they have a tag of their own.
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

  /** The image as it would be listed, or as the part it is. */
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

  /** @param above What it is a part of; lists of parts that lead in a circle are cut there. */
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

/** Nothing is known of it where neither push nor pull is: that is not the same as long ago. */
function statusOf(image: Pick<Image, 'lastPushed' | 'lastPulled'>, activeFrom: Date): ImageStatus {
  return lastActivity(image) === undefined ? 'unknown' : activityStatus(image, activeFrom);
}

/** Without an inventory: what the tags point at, and what is in it. */
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

/** A part without a digest may be another image, unless it is the only one of what is known to be no index. */
function mayBeIndex({ digest, isIndex, parts }: ListedTag): boolean {
  return (
    isIndex === true ||
    parts.some((part) =>
      part.digest === undefined ? isIndex === undefined || parts.length > 1 : part.digest !== digest,
    )
  );
}

/** What tags and indexes tell of a manifest: the newest times of all of them. */
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
