import type { Digest } from '../digest';
import { isHubError } from '../errors';
import type { HubHttp, HubLog } from '../http';
import { IncompleteInventoryError } from '../inventory';
import { formatRepository, type RepositoryRef } from '../names';
import type { KnownPart } from './referenceGraph';
import type { Registry } from './registry';
import { readLists, type ReadListsOptions, type RepositoryLists } from './repositoryLists';
import { Survey } from './survey';
import type { ListedTag } from './wire';

export interface SurveyorOptions {
  readonly http: HubHttp;
  readonly registry: Registry;
  /** Whether indexes may be read that no listing explains, though each counts as a pull. */
  readonly mayReadIndexes: () => boolean;
  readonly log: HubLog;
}

/** Indexes that are read for one survey at most: each counts against the account's pulls. */
const indexReadLimit = 500;

/** Tags that are asked for one by one at most, where the Hub has cut its listing short. */
const headLimit = 5000;

/** Reads whole repositories, and remembers what indexes hold: their digest vouches for it for ever. */
export class Surveyor {
  readonly #options: SurveyorOptions;
  readonly #indexes = new Map<Digest, readonly KnownPart[]>();
  /** Images that the registry has no more, whatever lists that lag behind may say; by full name of the repository. */
  readonly #gone = new Map<string, Set<Digest>>();

  constructor(options: SurveyorOptions) {
    this.#options = options;
  }

  /** Of an image that the registry was asked for after its deletion, and that it has no more. */
  noteGone(repository: RepositoryRef, digest: Digest): void {
    const name = formatRepository(repository);
    this.#gone.set(name, (this.#gone.get(name) ?? new Set()).add(digest));
  }

  /**
   * Reads everything anew.
   *
   * @throws {HubError} A request failed.
   */
  async survey(repository: RepositoryRef, options: ReadListsOptions): Promise<Survey> {
    const lists = await readLists(this.#options.http, repository, options);
    const completed = await this.#withoutGone(
      repository,
      lists.manifests === undefined ? await this.#withDigests(repository, lists, options.signal) : lists,
      options.signal,
    );
    const survey = new Survey(completed, this.#indexes);
    return (await this.#readIndexes(repository, survey.graph.unread, options.signal))
      ? new Survey(completed, this.#indexes)
      : survey;
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

  /** Without an inventory only tags lead to images: those the listing left out, or gave no digest of, are asked for. */
  async #withDigests(
    repository: RepositoryRef,
    lists: RepositoryLists,
    signal: AbortSignal | undefined,
  ): Promise<RepositoryLists> {
    const { registry } = this.#options;
    const known = new Map(lists.tags.map((tag) => [tag.name, tag]));
    const names = lists.areTagsCut ? await this.#tagNames(repository, signal) : [...known.keys()];
    if (names === undefined) {
      return lists;
    }
    const missing = names.filter((name) => known.get(name)?.digest === undefined);
    if (missing.length > headLimit) {
      return lists;
    }
    await Promise.all(
      missing.map(async (name) => {
        const head = await registry.head(repository, name, signal);
        if (head !== undefined) {
          const { digest, isIndex } = head;
          known.set(name, { ...(known.get(name) ?? tagWithoutFacts(name)), digest, isIndex });
        }
      }),
    );
    return { ...lists, tags: [...known.values()], areTagsCut: false };
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

  /** @returns Whether more is known now. */
  async #readIndexes(
    repository: RepositoryRef,
    unread: readonly Digest[],
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const { log, mayReadIndexes, registry } = this.#options;
    if (unread.length === 0 || unread.length > indexReadLimit || !mayReadIndexes()) {
      return false;
    }
    log.info(
      `${formatRepository(repository)}: reading ${unread.length} multi-platform images from the registry, each counts as a pull`,
    );
    const before = this.#indexes.size;
    await Promise.all(
      unread.map(async (digest) => {
        const entries = await this.#readIndex(registry, repository, digest, signal);
        if (entries !== undefined) {
          this.#indexes.set(digest, entries);
        }
      }),
    );
    return this.#indexes.size > before;
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
      return entries?.map(({ size, ...entry }) => ({
        digest: entry.digest,
        platform: entry.platform,
        isAttestation: entry.isAttestation,
        lastPushed: undefined,
        lastPulled: undefined,
        sizeBytes: size,
      }));
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
  const holders = new Map(lists.manifests?.flatMap(({ digest, tags }) => tags.map((tag) => [tag, digest])));
  const agreeing = lists.tags.filter(({ name, digest }) =>
    hasUntagged
      ? holders.has(name) && (digest === undefined || holders.get(name) === digest)
      : digest !== undefined,
  ).length;
  if (agreeing < lists.tags.length) {
    throw new IncompleteInventoryError(repository, 'agreesWithTags', lists.tags.length, agreeing);
  }
}

function tagWithoutFacts(name: string): ListedTag {
  return {
    name,
    digest: undefined,
    lastPushed: undefined,
    lastPulled: undefined,
    sizeBytes: undefined,
    isIndex: false,
    parts: [],
  };
}
