import { isHubError } from '../errors';
import { apiPath } from '../http/apiPath';
import type { HubHttp } from '../http/http';
import { pageSizeLimit } from '../imageApi';
import { decodePage, type WirePage } from '../listing/pageShape';
import type { RepositoryRef } from '../names';
import { decode, protocolError } from '../wireShape';
import { inventoryAnswer, type ListedManifest, type ListedTag, tagEntry } from './wire';

/** What the Hub lists of one repository. */
export interface RepositoryLists {
  /** `undefined` where the server has no such list: then only what the tags tell is known. */
  readonly manifests: readonly ListedManifest[] | undefined;
  readonly tags: readonly ListedTag[];
  /** Tags by the count of the listing; more than {@link tags} where the server has cut it short. */
  readonly tagCount: number;
  /** Whether the server may have left tags out of the listing. */
  readonly areTagsCut: boolean;
}

export interface ReadListsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many entries were read so far. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Told of the first page of tags, which is there long before the rest of a large repository. */
  readonly onFirstTags?: ((tags: readonly ListedTag[]) => void) | undefined;
}

/** The tag listing of the public service ends after so many pages of 100, however many there are. */
const tagPagesLimit = 10;

/**
 * Reads both lists of a repository, one beside the other.
 *
 * @throws {HubError} A request failed, or `protocol`: the cursor leads in a circle.
 * @see GET /v2/namespaces/{namespace}/repositories/{repository}/manifests and …/tags
 */
export async function readLists(
  http: HubHttp,
  repository: RepositoryRef,
  { signal, onProgress, onFirstTags }: ReadListsOptions,
): Promise<RepositoryLists> {
  let done = 0;
  const report = (entries: number): void => {
    done += entries;
    onProgress?.(done);
  };
  const [manifests, tags] = await Promise.all([
    readManifests(http, repository, report, signal),
    readTags(http, repository, { report, onFirst: onFirstTags }, signal),
  ]);
  return { manifests, ...tags };
}

/** Page by page, for each answer tells where the next begins. */
async function readManifests(
  http: HubHttp,
  { namespace, name }: RepositoryRef,
  report: (entries: number) => void,
  signal: AbortSignal | undefined,
): Promise<readonly ListedManifest[] | undefined> {
  const path = apiPath`/v2/namespaces/${namespace}/repositories/${name}/manifests`;
  const manifests: ListedManifest[] = [];
  const cursors = new Set<string>();
  for (let cursor: string | undefined; ;) {
    const query = { page_size: pageSizeLimit, last_evaluated_key: cursor };
    try {
      const answer = await http.get(path, query, signal);
      const { manifests: page, last_evaluated_key: next } = decode(inventoryAnswer, answer);
      manifests.push(...page);
      report(page.length);
      if (next === '' || page.length === 0) {
        return manifests;
      }
      if (cursors.has(next)) {
        throw protocolError(answer, 'last_evaluated_key: leads in a circle');
      }
      cursors.add(next);
      cursor = next;
    } catch (error) {
      if (cursor === undefined && isHubError(error, 'gone')) {
        return undefined;
      }
      throw error;
    }
  }
}

interface TagReaders {
  readonly report: (entries: number) => void;
  readonly onFirst: ReadListsOptions['onFirstTags'];
}

/**
 * As many pages as the count tells, and on until one is not full: the count follows deletions and pushes only after
 * minutes. Where a page is short and another follows, tags may have slipped between them.
 */
async function readTags(
  http: HubHttp,
  { namespace, name }: RepositoryRef,
  { report, onFirst }: TagReaders,
  signal: AbortSignal | undefined,
): Promise<Omit<RepositoryLists, 'manifests'>> {
  const path = apiPath`/v2/namespaces/${namespace}/repositories/${name}/tags`;
  const read = async (page: number) => {
    const answer = await http.get(path, { page, page_size: pageSizeLimit }, signal);
    const listed = decodePage(tagEntry, answer, { origin: http.origin, page });
    report(listed.items.length);
    return listed;
  };
  const first = await read(1);
  onFirst?.(first.items);
  const pageCount = Math.min(tagPagesLimit, Math.ceil(first.count / pageSizeLimit));
  const others = await Promise.all(
    Array.from({ length: Math.max(0, pageCount - 1) }, (_, index) => readIfPresent(read, index + 2)),
  );
  const pages: (WirePage<ListedTag> | undefined)[] = [first, ...others];
  while (pages.length < tagPagesLimit && mayHaveNext(pages.at(-1))) {
    pages.push(await readIfPresent(read, pages.length + 1));
  }
  const tags = new Map(pages.flatMap((page) => page?.items ?? []).map((tag) => [tag.name, tag]));
  const limit = tagPagesLimit * pageSizeLimit;
  return {
    tags: [...tags.values()],
    tagCount: first.count,
    areTagsCut: first.count >= limit || tags.size >= limit || !isGapless(pages),
  };
}

function mayHaveNext(page: WirePage<ListedTag> | undefined): boolean {
  return page !== undefined && page.items.length > 0 && (page.hasNext || page.items.length >= pageSizeLimit);
}

/** Whether every page is full but the last that has anything. */
function isGapless(pages: readonly (WirePage<ListedTag> | undefined)[]): boolean {
  const sizes = pages.map((page) => page?.items.length ?? 0);
  const last = sizes.findLastIndex((size) => size > 0);
  return sizes.slice(0, Math.max(0, last)).every((size) => size >= pageSizeLimit);
}

/** The count may still have tags that are gone, and so speak of pages that are no more. */
async function readIfPresent<T>(read: (page: number) => Promise<T>, page: number): Promise<T | undefined> {
  try {
    return await read(page);
  } catch (error) {
    if (isHubError(error, 'notFound')) {
      return undefined;
    }
    throw error;
  }
}
