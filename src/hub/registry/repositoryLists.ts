import { isHubError } from '../errors';
import { apiPath } from '../http/apiPath';
import type { HubHttp } from '../http/http';
import { pageSizeLimit } from '../imageApi';
import { decodePage, type WirePage } from '../listing/pageShape';
import type { RepositoryRef } from '../names';
import { decode, protocolError } from '../wireShape';
import { inventoryAnswer, type ListedManifest, type ListedTag, tagEntry } from './listWire';

/** The lists of one repository. */
export interface RepositoryLists {
  /** `undefined` if the server has no such list. Then only images with tags, and their platforms, are known. */
  readonly manifests: readonly ListedManifest[] | undefined;
  readonly tags: readonly ListedTag[];
  /** Number of tags that the list reports; more than {@link tags} has if the server truncated the list. */
  readonly tagCount: number;
  /** Whether the list may lack tags. */
  readonly areTagsCut: boolean;
}

/** How to read the lists of a repository. */
export interface ReadListsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of manifests and tags read so far. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Called with the first page of tags, which arrives long before the rest of a large repository. */
  readonly onFirstTags?: ((tags: readonly ListedTag[]) => void) | undefined;
}

/** Docker Hub returns at most this number of pages with 100 tags each, even if there are more tags. */
const tagPagesLimit = 10;

/**
 * Reads the lists of manifests and tags of a repository in parallel.
 *
 * @throws {HubError} A request failed, or `protocol`: the cursor of the manifests repeats itself.
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

/** Reads one page after the other, because each answer has the cursor of the next page. */
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
 * Reads the number of pages that the count requires, and more until a page is not full: the count reflects deletions
 * and pushes only after minutes. If a short page is followed by another one, tags between them may be missing.
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

/** Whether every page is full, except the last one that is not empty. */
function isGapless(pages: readonly (WirePage<ListedTag> | undefined)[]): boolean {
  const sizes = pages.map((page) => page?.items.length ?? 0);
  const last = sizes.findLastIndex((size) => size > 0);
  return sizes.slice(0, Math.max(0, last)).every((size) => size >= pageSizeLimit);
}

/** The count may include deleted tags, so the page may not exist. */
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
