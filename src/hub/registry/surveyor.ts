import type { Digest } from '../digest';
import { isHubError } from '../errors';
import type { HubLog } from '../http/http';
import { IncompleteInventoryError, unreadInventory } from '../incompleteInventory';
import { formatRepository, isPathSegment, type RepositoryRef } from '../names';
import { ContentReading, plannedSubjectsLimit } from './contentReading';
import type { ListedManifest, ListedTag } from './listWire';
import { kindOf } from './manifestKind';
import type { ManifestStore } from './manifestStore';
import type { ManifestHead, Registry } from './registry';
import { noteOpenAttachments, openAttachments } from './openAttachments';
import { type ListServer, readLists, type ReadListsOptions, type RepositoryLists } from './repositoryLists';
import { RepositoryMemory } from './repositoryMemory';
import { Survey } from './survey';
import type { AskedTags } from './tagClaims';

/** What a surveyor needs. */
export interface SurveyorOptions {
  readonly http: ListServer;
  readonly registry: Registry;
  /** Whether the user may be asked to have manifests read, each of which counts as a pull. */
  readonly mayReadManifests: () => boolean;
  readonly manifestStore: ManifestStore;
  /** The server's time. */
  readonly now: () => Date;
  readonly log: HubLog;
}

/** Maximum number of tags that are requested from the registry one by one. */
const headLimit = 5000;

/** Maximum number of manifests whose attachments are requested without asking the user again. */
const referrersLimit = 100;

/** What is known after a reading of the lists, and the tags that the registry was asked about. */
interface ResolvedLists {
  readonly lists: RepositoryLists;
  readonly askedTags: AskedTags;
}

/**
 * Reads whole repositories. Looking at one never reads a manifest from the registry, because that would count as a
 * pull; the headers of a manifest do not.
 */
export class Surveyor {
  readonly #options: SurveyorOptions;
  /** By full repository name. */
  readonly #memories = new Map<string, Promise<RepositoryMemory>>();

  constructor(options: SurveyorOptions) {
    this.#options = options;
  }

  /** What is known about the repository from earlier readings. */
  memoryOf(repository: RepositoryRef): Promise<RepositoryMemory> {
    const name = formatRepository(repository);
    const known =
      this.#memories.get(name) ??
      this.#options.manifestStore.read(repository).then((stored) => new RepositoryMemory(stored));
    this.#memories.set(name, known);
    return known;
  }

  /**
   * Reads the lists of a repository again, and asks the registry where they are incomplete or disagree.
   *
   * @throws {HubError} A request failed.
   */
  async survey(repository: RepositoryRef, options: ReadListsOptions): Promise<Survey> {
    const [read, memory] = await Promise.all([
      readLists(this.#options.http, repository, options),
      this.memoryOf(repository),
    ]);
    const present = await this.#withoutGone(repository, memory, read, options.signal);
    const named = await this.#withNames(repository, present, options.signal);
    const { lists, askedTags } =
      named.manifests === undefined
        ? await this.#withDigests(repository, named, options.signal)
        : await this.#withRegistry(repository, { ...named, manifests: named.manifests }, options.signal);
    memory.noteShown((lists.manifests ?? []).map(({ digest }) => digest));
    const survey = new Survey(lists, memory.answers(askedTags));
    if (!survey.mayLackUntagged && memory.forgetAllBut(survey)) {
      await this.#save(repository, memory);
    }
    return survey;
  }

  /**
   * Asks the registry what a plan needs and what costs no pull: where tags point of which the list of tags has no digest,
   * the kinds of manifests that the lists do not tell, and the attachments of manifests that were pushed since the user
   * agreed to reading.
   *
   * @param planned Every image of the plan. If all of these have tags, only they and what belongs to them have to be known.
   * @throws {HubError} A request failed.
   */
  async complete(
    repository: RepositoryRef,
    listed: Survey,
    planned: ReadonlySet<Digest>,
    signal: AbortSignal | undefined,
  ): Promise<Survey> {
    const memory = await this.memoryOf(repository);
    const survey = await this.#withTagsAsked(repository, memory, listed, signal);
    const isUntagged = (digest: Digest) => survey.tagsOf(digest).length === 0;
    const concerned = [...planned].some(isUntagged) ? survey.digests : survey.withDependents(planned);
    const unknown = [...concerned].filter(
      (digest) => !memory.stored.has(digest) && survey.kind(digest) === 'unknown' && survey.has(digest),
    );
    await Promise.all(unknown.map((digest) => this.#askKind(repository, memory, digest, signal)));
    if (unknown.length > 0) {
      await this.#save(repository, memory);
    }
    const unasked = this.#unaskedSubjects(survey, memory, planned);
    if (memory.mayRead && unasked.length <= referrersLimit) {
      await this.#reading(repository, memory).askReferrers(unasked, signal);
    }
    await this.#askAboutPlanned(repository, memory, survey, planned, signal);
    return this.current(repository, survey);
  }

  /** Such a tag may have moved since the list of manifests was made, which is then the only list that says where it points. */
  async #withTagsAsked(
    repository: RepositoryRef,
    memory: RepositoryMemory,
    survey: Survey,
    signal: AbortSignal | undefined,
  ): Promise<Survey> {
    const { lists, answers } = survey;
    const unclear = lists.tags.filter(
      ({ name, digest }) => digest === undefined && !answers.askedTags.has(name),
    );
    if (unclear.length === 0 || unclear.length > headLimit) {
      return survey;
    }
    const askedTags = new Map(answers.askedTags);
    await Promise.all(
      unclear.map(async ({ name }) => {
        const head = await this.#headOf(repository, name, signal);
        if (head !== undefined) {
          askedTags.set(name, head === null ? null : head.digest);
        }
      }),
    );
    return new Survey(lists, memory.answers(askedTags));
  }

  /** The survey with what the registry has said since it was made. */
  async current(repository: RepositoryRef, survey: Survey): Promise<Survey> {
    const memory = await this.memoryOf(repository);
    return survey.answers.version === memory.version
      ? survey
      : new Survey(survey.lists, memory.answers(survey.answers.askedTags));
  }

  /**
   * Asks about the attachments of a few planned images and of their parts, because these may be deleted along or left
   * behind. Not needed where every other manifest is known to be something else; needed each time where the lists may not
   * show them. What is not found out that way, and may not be read, is noted as not known.
   */
  async #askAboutPlanned(
    repository: RepositoryRef,
    memory: RepositoryMemory,
    survey: Survey,
    planned: ReadonlySet<Digest>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const isFew = [...planned].filter((digest) => survey.has(digest)).length <= plannedSubjectsLimit;
    const wasAsked = (digest: Digest) => (isFew ? memory.wasAskedNow(digest) : memory.wasAsked(digest));
    const open = openAttachments(planned, survey, memory, wasAsked);
    const reading = this.#reading(repository, memory);
    const isAnswered = isFew && (await reading.askReferrers(open.subjects, signal));
    const candidates = open.subjects.length === 0 ? [] : (open.candidates ?? []);
    if (!isAnswered && memory.mayRead && candidates.length <= referrersLimit) {
      await reading.readContents(survey, candidates, signal);
    }
    noteOpenAttachments(planned, await this.current(repository, survey), memory, wasAsked);
  }

  /**
   * Manifests that stay and whose attachments are not known, although a planned image was only found to be no
   * attachment by asking about those that were there then. As long as there are any, that is not certain.
   */
  async unaskedSubjects(
    repository: RepositoryRef,
    survey: Survey,
    planned: ReadonlySet<Digest>,
  ): Promise<readonly Digest[]> {
    return this.#unaskedSubjects(survey, await this.memoryOf(repository), planned);
  }

  /**
   * What has to be read before it can be said whether images may be deleted.
   *
   * @param survey Of a {@link complete} reading.
   * @returns `undefined` if nothing has to be read, or nothing may be.
   */
  async neededReading(
    repository: RepositoryRef,
    survey: Survey,
    planned: ReadonlySet<Digest>,
  ): Promise<ContentReading | undefined> {
    if (!this.#options.mayReadManifests()) {
      return undefined;
    }
    const memory = await this.memoryOf(repository);
    const reading = this.#reading(repository, memory);
    return reading.plan(await this.current(repository, survey), planned) ? reading : undefined;
  }

  /** Reads the content of indexes that were pushed while a run deletes, if the user agreed to reading for its plan. */
  async readNewIndexes(
    repository: RepositoryRef,
    survey: Survey,
    indexes: readonly Digest[],
    signal: AbortSignal | undefined,
  ): Promise<Survey> {
    const memory = await this.memoryOf(repository);
    if (!memory.mayRead || indexes.length === 0) {
      return survey;
    }
    await this.#reading(repository, memory).readContents(survey, indexes, signal);
    return new Survey(survey.lists, memory.answers(survey.answers.askedTags));
  }

  #reading(repository: RepositoryRef, memory: RepositoryMemory): ContentReading {
    const { registry, now, log } = this.#options;
    return new ContentReading(repository, memory, {
      registry,
      now,
      log,
      save: () => this.#save(repository, memory),
    });
  }

  #unaskedSubjects(
    survey: Survey,
    memory: RepositoryMemory,
    planned: ReadonlySet<Digest>,
  ): readonly Digest[] {
    if (![...planned].some((digest) => memory.isNoAttachmentByAsking(digest))) {
      return [];
    }
    return [...survey.digests].filter((digest) => !planned.has(digest) && !memory.wasAsked(digest));
  }

  async #askKind(
    repository: RepositoryRef,
    memory: RepositoryMemory,
    digest: Digest,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const head = await this.#headOf(repository, digest, signal);
    if (head === null) {
      memory.noteGone(digest);
    } else if (head !== undefined) {
      const known = memory.stored.get(digest);
      memory.noteChange();
      memory.stored.set(digest, {
        parts: undefined,
        subject: undefined,
        ownRead: undefined,
        ...known,
        mediaType: head.mediaType,
      });
    }
  }

  async #save(repository: RepositoryRef, memory: RepositoryMemory): Promise<void> {
    try {
      await this.#options.manifestStore.write(repository, memory.stored);
    } catch (error) {
      this.#options.log.warn(`Manifests read from the registry could not be stored: ${String(error)}`);
    }
  }

  /** Lists may show deleted images for minutes. The registry is asked whether such an image still exists. */
  async #withoutGone(
    repository: RepositoryRef,
    memory: RepositoryMemory,
    lists: RepositoryLists,
    signal: AbortSignal | undefined,
  ): Promise<RepositoryLists> {
    const { gone, requested, accepted } = memory;
    if (gone.size + requested.size === 0) {
      return lists;
    }
    const named = [...(lists.manifests ?? []), ...lists.tags].flatMap(({ digest }) => digest ?? []);
    const doubtful = [...new Set(named)].filter((digest) => gone.has(digest) || requested.has(digest));
    await Promise.all(
      doubtful.map(async (digest) => {
        if ((await this.#options.registry.head(repository, digest, signal)) === undefined) {
          gone.add(digest);
        } else {
          gone.delete(digest);
          requested.delete(digest);
          accepted.delete(digest); // it was not deleted after all, so its absence from a list proves nothing
        }
      }),
    );
    const isThere = ({ digest }: { readonly digest: Digest | undefined }) =>
      digest === undefined || !gone.has(digest);
    return { ...lists, manifests: lists.manifests?.filter(isThere), tags: lists.tags.filter(isThere) };
  }

  /**
   * Adds the tags that only the registry names, if there are entries in the list of tags without a readable name. What they
   * point at is asked later, as for any tag without a digest.
   */
  async #withNames(
    repository: RepositoryRef,
    lists: RepositoryLists,
    signal: AbortSignal | undefined,
  ): Promise<RepositoryLists> {
    const { unread, tags } = lists;
    const names = unread?.hasUnknownTags === true ? await this.#tagNames(repository, signal) : undefined;
    if (unread === undefined || names === undefined) {
      return lists;
    }
    const known = new Set(tags.map(({ name }) => name));
    const added = names.filter((name) => !known.has(name));
    return {
      ...lists,
      tags: [...tags, ...added.map(tagWithoutFacts)],
      unread: { ...unread, tags: new Set([...unread.tags, ...added]), hasUnknownTags: false },
    };
  }

  /**
   * Asks the registry about every tag on which the two lists do not agree. A tag that it does not have, and an image
   * that it does not have, are dropped. Otherwise its answer is one more source, see {@link Survey.claims}.
   */
  async #withRegistry(
    repository: RepositoryRef,
    lists: RepositoryLists & { readonly manifests: readonly ListedManifest[] },
    signal: AbortSignal | undefined,
  ): Promise<ResolvedLists> {
    const imagesByTag = imagesByTagOf(lists.manifests);
    const listed = new Set(lists.manifests.map(({ digest }) => digest));
    const doubtful = lists.tags.filter((tag) => !agrees(tag, imagesByTag));
    if (doubtful.length > headLimit) {
      return { lists, askedTags: new Map() };
    }
    const askedTags = new Map<string, Digest | null>();
    const replaced = new Map<ListedTag, ListedTag | undefined>();
    await Promise.all(
      doubtful.map(async (tag) => {
        const head = await this.#headOf(repository, tag.name, signal);
        if (head === undefined) {
          return; // the registry does not answer this account
        }
        askedTags.set(tag.name, head === null ? null : head.digest);
        const isUnlisted = tag.digest !== undefined && !listed.has(tag.digest);
        const isVoid =
          tag.digest === undefined ||
          (isUnlisted && (await this.#headOf(repository, tag.digest, signal)) === null);
        if (isVoid && head !== null) {
          replaced.set(tag, tagAt(tag, head));
        } else if (isVoid || (head === null && !imagesByTag.has(tag.name))) {
          replaced.set(tag, undefined);
        }
      }),
    );
    const tags = lists.tags.flatMap((tag) => (replaced.has(tag) ? (replaced.get(tag) ?? []) : tag));
    return { lists: { ...lists, tags }, askedTags };
  }

  /**
   * Without a list of manifests, images are known only by their tags. The registry is asked about tags that the list
   * lacks or shows without a digest, or whose entry does not say whether the image is an index.
   */
  async #withDigests(
    repository: RepositoryRef,
    lists: RepositoryLists,
    signal: AbortSignal | undefined,
  ): Promise<ResolvedLists> {
    const askedTags: AskedTags = new Map();
    const known = new Map(lists.tags.map((tag) => [tag.name, tag]));
    const names = lists.areTagsCut ? await this.#tagNames(repository, signal) : [...known.keys()];
    if (names === undefined) {
      return { lists, askedTags };
    }
    const missing = names.map((name) => known.get(name) ?? tagWithoutFacts(name)).filter(isUnclear);
    if (missing.length > headLimit) {
      return { lists, askedTags };
    }
    // A tag without an answer stays in the list, so that the list counts as incomplete.
    missing.forEach((tag) => known.set(tag.name, tag));
    await Promise.all(
      missing.map(async (tag) => {
        const head = await this.#headOf(repository, tag.name, signal);
        if (head === null) {
          known.delete(tag.name);
        } else if (head !== undefined) {
          known.set(tag.name, tagAt(tag, head));
        }
      }),
    );
    return { lists: { ...lists, tags: [...known.values()], areTagsCut: false }, askedTags };
  }

  /**
   * What the registry reports about a tag or digest.
   *
   * @returns `null` if there is no such manifest, `undefined` if the registry does not answer this account.
   */
  async #headOf(
    repository: RepositoryRef,
    reference: string,
    signal: AbortSignal | undefined,
  ): Promise<ManifestHead | null | undefined> {
    if (!isPathSegment(reference)) {
      return undefined;
    }
    try {
      return (await this.#options.registry.head(repository, reference, signal)) ?? null;
    } catch (error) {
      if (isHubError(error, 'unauthenticated', 'forbidden', 'protocol', 'gone')) {
        return undefined;
      }
      throw error;
    }
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
}

/**
 * Checks that nothing is missing: otherwise an image in use could look unused.
 *
 * @param acceptsUnread Whether entries may be unreadable, because the images that they may concern are in doubt.
 * @throws {IncompleteInventoryError} `allReadable`, `allTagsListed`, `allManifestsListed` or `agreesWithTags`.
 */
export function checkComplete(repository: RepositoryRef, survey: Survey, acceptsUnread = false): void {
  const { lists, hasUntagged } = survey;
  if (lists.unread !== undefined && !acceptsUnread) {
    throw unreadInventory(repository, lists.unread.parts);
  }
  if (!hasUntagged && lists.areTagsCut) {
    throw new IncompleteInventoryError(repository, 'allTagsListed', lists.tagCount, lists.tags.length);
  }
  if (lists.areManifestsCut) {
    const count = lists.manifests?.length ?? 0;
    throw new IncompleteInventoryError(repository, 'allManifestsListed', count, count);
  }
  const isExplained = ({ name, digest }: ListedTag): boolean =>
    digest === undefined
      ? hasUntagged && survey.claims.hasTag(name)
      : !hasUntagged || survey.isInManifestList(digest);
  const explained = lists.tags.filter(isExplained).length;
  if (explained < lists.tags.length) {
    throw new IncompleteInventoryError(repository, 'agreesWithTags', lists.tags.length, explained);
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

function isUnclear({ digest, mediaType, parts }: ListedTag): boolean {
  return (
    digest === undefined ||
    (kindOf(mediaType) === 'unknown' && parts.some((part) => part.digest === undefined))
  );
}

/**
 * The tag as the registry reports it. Times and parts from the list are used only if the list has the same digest: the
 * tag may have moved since, and the facts of another image could make this one look old, or its parts unused.
 */
function tagAt(tag: ListedTag, { digest, mediaType, kind }: ManifestHead): ListedTag {
  const isIndex = kind === 'index';
  const isSame = tag.digest === digest || (!isIndex && tag.parts.some((part) => part.digest === digest));
  const { parts, ...facts } = isSame ? tag : tagWithoutFacts(tag.name);
  return {
    ...facts,
    digest,
    mediaType,
    parts: isIndex ? parts : parts.filter((part) => part.digest === digest),
  };
}

function tagWithoutFacts(name: string): ListedTag {
  return {
    name,
    digest: undefined,
    lastUpdated: undefined,
    lastPushed: undefined,
    lastPulled: undefined,
    reportsPulls: false,
    sizeBytes: undefined,
    mediaType: '',
    parts: [],
  };
}
