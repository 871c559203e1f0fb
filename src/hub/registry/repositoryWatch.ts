import type { Digest } from '../digest';
import { isHubError } from '../errors';
import { apiPath } from '../http/apiPath';
import type { HubHttp } from '../http/http';
import { pageSizeLimit } from '../imageApi';
import { decodePage, type WirePage } from '../listing/pageShape';
import type { RepositoryRef } from '../names';
import { type ListedTag, tagEntry } from './listWire';
import { Survey } from './survey';
import type { Surveyor } from './surveyor';

/** What a watch reads with. */
export interface WatchOptions {
  readonly http: Pick<HubHttp, 'get' | 'origin'>;
  readonly surveyor: Pick<Surveyor, 'survey' | 'readNewIndexes'>;
}

/** Docker Hub sorts in the other direction than it documents, so the order of each answer is checked. */
const orderings = ['last_updated', '-last_updated'] as const;

/**
 * Keeps a survey of a repository up to date while images are deleted. One request shows every tag that was pushed or
 * moved since the last look, if the server sorts its tags by the time of their last change. Otherwise the lists are read
 * again.
 */
export class RepositoryWatch {
  readonly #repository: RepositoryRef;
  readonly #options: WatchOptions;
  #survey: Survey;
  #ordering: (typeof orderings)[number] = orderings[0];

  /** @param survey The last complete reading. */
  constructor(repository: RepositoryRef, options: WatchOptions, survey: Survey) {
    this.#repository = repository;
    this.#options = options;
    this.#survey = survey;
  }

  /** The repository as of the last look. */
  get survey(): Survey {
    return this.#survey;
  }

  /**
   * Looks for what has changed.
   *
   * @throws {HubError} A request failed. The survey is as old as before.
   */
  async look(signal: AbortSignal | undefined): Promise<void> {
    const newest = await this.#newestTags(signal);
    const known = new Map(this.#survey.lists.tags.map((tag) => [tag.name, tag]));
    const changed = newest?.filter((tag) => isChanged(known.get(tag.name), tag));
    // Only a complete reading can tell what a tag without a digest points at.
    this.#survey =
      changed === undefined || changed.some(({ digest }) => digest === undefined)
        ? await this.#options.surveyor.survey(this.#repository, { signal })
        : await this.#with(changed, signal);
  }

  /** @returns `undefined` if the answer does not certainly have every tag that has changed. */
  async #newestTags(signal: AbortSignal | undefined): Promise<readonly ListedTag[] | undefined> {
    for (const ordering of new Set([this.#ordering, ...orderings])) {
      const page = await this.#readTags(ordering, signal);
      if (page === undefined) {
        return undefined;
      }
      if (!page.hasNext || this.#hasEveryChange(page.items)) {
        this.#ordering = ordering;
        return page.items;
      }
      if (!isSorted([...page.items].reverse())) {
        return undefined; // sorted in neither direction: the other ordering would not help
      }
    }
    return undefined;
  }

  async #readTags(
    ordering: string,
    signal: AbortSignal | undefined,
  ): Promise<WirePage<ListedTag> | undefined> {
    const { namespace, name } = this.#repository;
    const { http } = this.#options;
    const path = apiPath`/v2/namespaces/${namespace}/repositories/${name}/tags`;
    try {
      const answer = await http.get(path, { page: 1, page_size: pageSizeLimit, ordering }, signal);
      return decodePage(tagEntry, answer, { origin: http.origin, page: 1 });
    } catch (error) {
      if (isHubError(error, 'protocol', 'rejected')) {
        return undefined;
      }
      throw error;
    }
  }

  /** Whether the entries are sorted, newest first, and reach back to a tag that has not changed since the last look. */
  #hasEveryChange(entries: readonly ListedTag[]): boolean {
    const known = new Map(this.#survey.lists.tags.map((tag) => [tag.name, tag]));
    const last = entries.at(-1);
    const before = last && known.get(last.name);
    return (
      isSorted(entries) &&
      last?.lastUpdated !== undefined &&
      before?.digest === last.digest &&
      before?.lastUpdated?.getTime() === last.lastUpdated.getTime()
    );
  }

  async #with(changed: readonly ListedTag[], signal: AbortSignal | undefined): Promise<Survey> {
    const { lists, answers } = this.#survey;
    if (changed.length === 0) {
      return this.#survey;
    }
    const names = new Set(changed.map(({ name }) => name));
    // The list of manifests is older than this answer, so what it says about these tags no longer counts.
    const manifests = lists.manifests?.map((manifest) =>
      manifest.tags.some((tag) => names.has(tag))
        ? { ...manifest, tags: manifest.tags.filter((tag) => !names.has(tag)) }
        : manifest,
    );
    const tags = [...lists.tags.filter(({ name }) => !names.has(name)), ...changed];
    const askedTags = new Map([...answers.askedTags].filter(([tag]) => !names.has(tag)));
    const survey = new Survey({ ...lists, manifests, tags }, { ...answers, askedTags });
    const indexes = new Set(changed.flatMap(({ digest }) => digest ?? []));
    const unread = [...survey.graph.unread].filter((digest: Digest) => indexes.has(digest));
    return this.#options.surveyor.readNewIndexes(this.#repository, survey, unread, signal);
  }
}

function isChanged(before: ListedTag | undefined, tag: ListedTag): boolean {
  return (
    before?.digest !== tag.digest ||
    before?.lastUpdated?.getTime() !== tag.lastUpdated?.getTime() ||
    before?.parts.length !== tag.parts.length
  );
}

/** Whether every entry has a time and none is older than the one after it. */
function isSorted(entries: readonly ListedTag[]): boolean {
  const times = entries.map(({ lastUpdated }) => lastUpdated?.getTime() ?? NaN);
  return times.every((time, index) => time <= (times[index - 1] ?? time)); // which is false for NaN
}
