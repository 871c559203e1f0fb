import type { Digest } from '../digest';
import { isHubError } from '../errors';
import type { HubHttp, HubLog } from '../http/http';
import { IncompleteInventoryError } from '../listing/inventory';
import { formatRepository, type RepositoryRef } from '../names';
import type { IndexStore, StoredPart } from './indexStore';
import type { ListedManifest, ListedTag } from './listWire';
import type { KnownPart } from './referenceGraph';
import type { ManifestHead, Registry } from './registry';
import { readLists, type ReadListsOptions, type RepositoryLists } from './repositoryLists';
import { Survey } from './survey';

/** What a surveyor needs. */
export interface SurveyorOptions {
  readonly http: HubHttp;
  readonly registry: Registry;
  /** Whether to read indexes whose content no list shows, although each reading counts as a pull. */
  readonly mayReadIndexes: () => boolean;
  readonly indexStore: IndexStore;
  /** Called with the number of indexes read, each of which counts as a pull. */
  readonly onDidReadIndexes: (repository: RepositoryRef, count: number) => void;
  readonly log: HubLog;
}

/** Maximum number of indexes read for one survey: each counts against the pull limit of the account. */
const indexReadLimit = 500;

/** Maximum number of tags that are requested from the registry one by one. */
const headLimit = 5000;

/** Reads whole repositories, and stores the contents of indexes, which never change for the same digest. */
export class Surveyor {
  readonly #options: SurveyorOptions;
  /** Contents of indexes, by full repository name. */
  readonly #indexes = new Map<string, Promise<Map<Digest, readonly KnownPart[]>>>();
  /** Deleted images that lists may still show for a while, by full repository name. */
  readonly #gone = new Map<string, Set<Digest>>();

  constructor(options: SurveyorOptions) {
    this.#options = options;
  }

  /** Records that the registry no longer has an image, so that a list that lags behind does not bring it back. */
  recordGone(repository: RepositoryRef, digest: Digest): void {
    const name = formatRepository(repository);
    this.#gone.set(name, (this.#gone.get(name) ?? new Set()).add(digest));
  }

  /**
   * Reads the lists of a repository again, and asks the registry where they are incomplete or disagree.
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

  /** Contents of the repository's indexes from earlier readings. */
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
   * Stores the contents of indexes, including those that the lists show: after the last tag of an index has moved, no
   * list shows them any more. Deleted indexes are removed from the store.
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

  /** Lists may show deleted images for minutes. The registry is asked whether an image has been pushed again. */
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

  /** If the lists disagree about a tag, one of them lags behind, and the registry is asked. */
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
    // A tag that still disagrees stays as it is, so that the list counts as incomplete.
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
   * Without a list of manifests, images are known only by their tags. The registry is asked about tags that the list
   * lacks or shows without a digest, or whose entry does not say whether the image is an index.
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
    // A tag without an answer stays in the list, so that the list counts as incomplete.
    missing.forEach((tag) => known.set(tag.name, tag));
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
   * What the registry reports about tags, by name: `undefined` if the tag no longer exists, no entry if the registry
   * does not answer this account.
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

  /** @returns `undefined` if the registry does not list its tags. */
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

  /** @returns The number of indexes read. */
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

  /** @returns `undefined` if the registry does not return it. Its content then stays unknown. */
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
 * Checks that nothing is missing and that the lists agree: otherwise an image in use could look unused.
 *
 * @throws {IncompleteInventoryError} `allTagsListed`, `allIndexesRead` or `agreesWithTags`.
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
 * The tag as the registry reports it. Times and parts from the list are used only if the list has the same digest: the
 * tag may have moved since, and the facts of another image could make this one look old, or its parts unused.
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

/** Without times, because they change, unlike the content of an index. */
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
