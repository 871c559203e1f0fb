import type { Digest } from '../digest';
import { isHubError } from '../errors';
import type { HubHttp, HubLog } from '../http/http';
import { IncompleteInventoryError } from '../listing/inventory';
import { formatRepository, type RepositoryRef } from '../names';
import type { IndexStore, StoredPart } from './indexStore';
import type { KnownPart } from './referenceGraph';
import type { ManifestHead, Registry } from './registry';
import { readLists, type ReadListsOptions, type RepositoryLists } from './repositoryLists';
import { Survey } from './survey';
import type { ListedManifest, ListedTag } from './wire';

export interface SurveyorOptions {
  readonly http: HubHttp;
  readonly registry: Registry;
  /** Whether indexes may be read that no listing explains, though each counts as a pull. */
  readonly mayReadIndexes: () => boolean;
  readonly indexStore: IndexStore;
  /** So many indexes were read, each of which counts as a pull. */
  readonly onDidReadIndexes: (repository: RepositoryRef, count: number) => void;
  readonly log: HubLog;
}

/** Indexes that are read for one survey at most: each counts against the account's pulls. */
const indexReadLimit = 500;

/** Tags that are asked for one by one at most, where the Hub has cut its listing short. */
const headLimit = 5000;

/** Reads whole repositories, and remembers what indexes hold: their digest vouches for it for ever. */
export class Surveyor {
  readonly #options: SurveyorOptions;
  /** By full name of the repository. */
  readonly #indexes = new Map<string, Promise<Map<Digest, readonly KnownPart[]>>>();
  /** Images that the registry has no more, whatever lists that lag behind may say; by full name of the repository. */
  readonly #gone = new Map<string, Set<Digest>>();

  constructor(options: SurveyorOptions) {
    this.#options = options;
  }

  /** Of an image that the registry was asked for after its deletion, and that it has no more. */
  recordGone(repository: RepositoryRef, digest: Digest): void {
    const name = formatRepository(repository);
    this.#gone.set(name, (this.#gone.get(name) ?? new Set()).add(digest));
  }

  /**
   * Reads everything anew.
   *
   * @throws {HubError} A request failed.
   */
  async survey(repository: RepositoryRef, options: ReadListsOptions): Promise<Survey> {
    const [lists, indexes] = await Promise.all([
      readLists(this.#options.http, repository, options),
      this.#indexesOf(repository),
    ]);
    const present = await this.#withoutGone(repository, lists, options.signal);
    const completed =
      present.manifests === undefined
        ? await this.#withDigests(repository, present, options.signal)
        : await this.#withAgreement(repository, { ...present, manifests: present.manifests }, options.signal);
    const first = new Survey(completed, indexes);
    const count = await this.#readIndexes(repository, first.graph.unread, indexes, options.signal);
    const survey = count > 0 ? new Survey(completed, indexes) : first;
    await this.#remember(repository, survey, indexes, count > 0);
    return survey;
  }

  /** What was known of the repository's indexes when it was looked at before. */
  #indexesOf(repository: RepositoryRef): Promise<Map<Digest, readonly KnownPart[]>> {
    const name = formatRepository(repository);
    const known = this.#indexes.get(name) ?? this.#storedIndexes(repository);
    this.#indexes.set(name, known);
    return known;
  }

  async #storedIndexes(repository: RepositoryRef): Promise<Map<Digest, readonly KnownPart[]>> {
    const stored = await this.#options.indexStore.read(repository);
    return new Map([...stored].map(([index, parts]) => [index, parts.map(knownPart)]));
  }

  /**
   * Keeps what the lists told of indexes beside what was read: when the last tag of an index moves on, no list tells any
   * more what belongs to it. Indexes that are gone are forgotten.
   */
  async #remember(
    repository: RepositoryRef,
    survey: Survey,
    indexes: Map<Digest, readonly KnownPart[]>,
    wereRead: boolean,
  ): Promise<void> {
    const added = [...survey.graph.parts].filter(([index]) => !indexes.has(index));
    const stale = survey.hasUntagged ? [...indexes.keys()].filter((index) => !survey.has(index)) : [];
    added.forEach(([index, parts]) => indexes.set(index, parts.map(knownPart)));
    stale.forEach((index) => indexes.delete(index));
    if (added.length + stale.length === 0 && !wereRead) {
      return;
    }
    try {
      await this.#options.indexStore.write(repository, indexes);
    } catch (error) {
      this.#options.log.warn(`What belongs to indexes cannot be remembered: ${String(error)}`);
    }
  }

  /** A list may have for minutes what is gone; what came back is asked for, not guessed. */
  async #withoutGone(
    repository: RepositoryRef,
    lists: RepositoryLists,
    signal: AbortSignal | undefined,
  ): Promise<RepositoryLists> {
    const gone = this.#gone.get(formatRepository(repository));
    if (gone === undefined || gone.size === 0) {
      return lists;
    }
    const named = [...(lists.manifests ?? []), ...lists.tags].flatMap(({ digest }) => digest ?? []);
    const doubtful = [...new Set(named)].filter((digest) => gone.has(digest));
    await Promise.all(
      doubtful.map(async (digest) => {
        if ((await this.#options.registry.head(repository, digest, signal)) !== undefined) {
          gone.delete(digest);
        }
      }),
    );
    const isThere = ({ digest }: { readonly digest: Digest | undefined }) =>
      digest === undefined || !gone.has(digest);
    return { ...lists, manifests: lists.manifests?.filter(isThere), tags: lists.tags.filter(isThere) };
  }

  /** Where the lists tell differently of a tag, one of them is late, and the registry is asked. */
  async #withAgreement(
    repository: RepositoryRef,
    lists: RepositoryLists & { readonly manifests: readonly ListedManifest[] },
    signal: AbortSignal | undefined,
  ): Promise<RepositoryLists> {
    const imagesByTag = imagesByTagOf(lists.manifests);
    const doubtful = lists.tags.filter((tag) => !agrees(tag, imagesByTag));
    if (doubtful.length === 0 || doubtful.length > headLimit) {
      return lists;
    }
    const resolved = await this.#askRegistry(repository, doubtful, signal);
    // What the list of manifests does not know yet stays as it is, and speaks against the list.
    const isResolved = (tag: ListedTag | undefined) => tag === undefined || agrees(tag, imagesByTag);
    return {
      ...lists,
      tags: lists.tags.flatMap((tag) => {
        const found = resolved.has(tag.name) ? resolved.get(tag.name) : tag;
        return isResolved(found) ? (found ?? []) : tag;
      }),
    };
  }

  /**
   * Without an inventory only tags lead to images: those the listing left out, or gave no digest of, or of which it does not
   * say whether they are an index, are asked for.
   */
  async #withDigests(
    repository: RepositoryRef,
    lists: RepositoryLists,
    signal: AbortSignal | undefined,
  ): Promise<RepositoryLists> {
    const known = new Map(lists.tags.map((tag) => [tag.name, tag]));
    const names = lists.areTagsCut ? await this.#tagNames(repository, signal) : [...known.keys()];
    if (names === undefined) {
      return lists;
    }
    const missing = names.map((name) => known.get(name) ?? tagWithoutFacts(name)).filter(isUnclear);
    if (missing.length > headLimit) {
      return lists;
    }
    missing.forEach((tag) => known.set(tag.name, tag)); // one that is not found out is missed, not forgotten
    for (const [name, tag] of await this.#askRegistry(repository, missing, signal)) {
      if (tag === undefined) {
        known.delete(name);
      } else {
        known.set(name, tag);
      }
    }
    return { ...lists, tags: [...known.values()], areTagsCut: false };
  }

  /**
   * What the registry tells of tags, by name: `undefined` of one that is gone, nothing of one that it does not tell of to
   * this account.
   */
  async #askRegistry(
    repository: RepositoryRef,
    tags: readonly ListedTag[],
    signal: AbortSignal | undefined,
  ): Promise<ReadonlyMap<string, ListedTag | undefined>> {
    const reported = new Map<string, ListedTag | undefined>();
    await Promise.all(
      tags.map(async (tag) => {
        try {
          const head = await this.#options.registry.head(repository, tag.name, signal);
          reported.set(tag.name, head && tagAt(tag, head));
        } catch (error) {
          if (!isHubError(error, 'unauthenticated', 'forbidden', 'protocol')) {
            throw error;
          }
        }
      }),
    );
    return reported;
  }

  /** @returns `undefined` where the registry does not tell. */
  async #tagNames(
    repository: RepositoryRef,
    signal: AbortSignal | undefined,
  ): Promise<readonly string[] | undefined> {
    try {
      return await this.#options.registry.listTags(repository, signal);
    } catch (error) {
      if (isHubError(error, 'unauthenticated', 'forbidden', 'notFound', 'gone', 'protocol')) {
        return undefined;
      }
      throw error;
    }
  }

  /** @returns How many were read. */
  async #readIndexes(
    repository: RepositoryRef,
    unread: readonly Digest[],
    indexes: Map<Digest, readonly KnownPart[]>,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const { log, mayReadIndexes, onDidReadIndexes, registry } = this.#options;
    if (unread.length === 0 || unread.length > indexReadLimit || !mayReadIndexes()) {
      return 0;
    }
    log.info(
      `${formatRepository(repository)}: reading ${unread.length} multi-platform images from the registry, each counts as a pull`,
    );
    const before = indexes.size;
    await Promise.all(
      unread.map(async (digest) => {
        const entries = await this.#readIndex(registry, repository, digest, signal);
        if (entries !== undefined) {
          indexes.set(digest, entries);
        }
      }),
    );
    const count = indexes.size - before;
    if (count > 0) {
      onDidReadIndexes(repository, count);
    }
    return count;
  }

  /** @returns `undefined` where the registry does not hand it out: then it stays unread, and nothing is concluded. */
  async #readIndex(
    registry: Registry,
    repository: RepositoryRef,
    digest: Digest,
    signal: AbortSignal | undefined,
  ): Promise<readonly KnownPart[] | undefined> {
    try {
      const entries = await registry.readIndex(repository, digest, signal);
      return entries?.map(({ size, ...entry }) => knownPart({ ...entry, sizeBytes: size }));
    } catch (error) {
      if (!isHubError(error) || error.kind === 'cancelled') {
        throw error;
      }
      return undefined;
    }
  }
}

/**
 * @throws {IncompleteInventoryError} Something may be missing, so that an image in use could look unused.
 */
export function checkComplete(repository: RepositoryRef, { lists, graph, hasUntagged }: Survey): void {
  if (!hasUntagged && lists.areTagsCut) {
    throw new IncompleteInventoryError(repository, 'allTagsListed', lists.tagCount, lists.tags.length);
  }
  if (graph.unread.length > 0) {
    const indexes = graph.unread.length + graph.parts.size;
    throw new IncompleteInventoryError(repository, 'allIndexesRead', indexes, graph.parts.size);
  }
  const imagesByTag = imagesByTagOf(lists.manifests ?? []);
  const agreeing = lists.tags.filter((tag) =>
    hasUntagged ? agrees(tag, imagesByTag) : tag.digest !== undefined,
  ).length;
  if (agreeing < lists.tags.length) {
    throw new IncompleteInventoryError(repository, 'agreesWithTags', lists.tags.length, agreeing);
  }
}

type ImagesByTag = ReadonlyMap<string, Digest>;

/** The image that each tag points at, by the list of manifests. */
function imagesByTagOf(manifests: readonly ListedManifest[]): ImagesByTag {
  return new Map(manifests.flatMap(({ digest, tags }) => tags.map((tag) => [tag, digest] as const)));
}

/** A tag without a digest contradicts nothing. */
function agrees({ name, digest }: ListedTag, imagesByTag: ImagesByTag): boolean {
  const image = imagesByTag.get(name);
  return image !== undefined && (digest === undefined || digest === image);
}

function isUnclear({ digest, isIndex, parts }: ListedTag): boolean {
  return digest === undefined || (isIndex === undefined && parts.some((part) => part.digest === undefined));
}

/**
 * The tag as the registry has it. What the listing told is kept only where it named the same digest: the tag may have moved
 * since, and the times and parts of another image would make this one look old, or its parts unused.
 */
function tagAt(tag: ListedTag, { digest, isIndex }: ManifestHead): ListedTag {
  const isSame = tag.digest === digest || (!isIndex && tag.parts.some((part) => part.digest === digest));
  const { parts, ...facts } = isSame ? tag : tagWithoutFacts(tag.name);
  return {
    ...facts,
    digest,
    isIndex,
    parts: isIndex ? parts : parts.filter((part) => part.digest === digest),
  };
}

/** Times change, what is in an index does not. */
function knownPart({ digest, platform, isAttestation, sizeBytes }: StoredPart): KnownPart {
  return { digest, platform, isAttestation, sizeBytes, lastPushed: undefined, lastPulled: undefined };
}

function tagWithoutFacts(name: string): ListedTag {
  return {
    name,
    digest: undefined,
    lastPushed: undefined,
    lastPulled: undefined,
    sizeBytes: undefined,
    isIndex: undefined,
    parts: [],
  };
}
