import { isHubError } from '../errors';
import { apiPath } from '../http/apiPath';
import type { HubHttp } from '../http/http';
import { pageSizeLimit } from '../imageApi';
import { decodeSalvagedPage, type SalvagedPage } from '../listing/pageShape';
import type { RepositoryRef } from '../names';
import { decode } from '../wireShape';
import { inventoryAnswer, type ListedManifest, type ListedTag, tagEntries } from './listWire';
import { UnreadCollector, type UnreadEntries } from './unreadEntries';

/** The server that has the lists. */
export type ListServer = Pick<HubHttp, 'get' | 'origin'>;

/** The lists of one repository. */
export interface RepositoryLists {
  /** `undefined` if the server has no such list. Then only images with tags, and their platforms, are known. */
  readonly manifests: readonly ListedManifest[] | undefined;
  /** Whether the list of manifests may lack some, because its cursor leads nowhere. */
  readonly areManifestsCut: boolean;
  /** Each tag once. */
  readonly tags: readonly ListedTag[];
  /** Number of tags that the list reports; more than {@link tags} has if the server truncated the list. */
  readonly tagCount: number;
  /** Whether the list may lack tags. */
  readonly areTagsCut: boolean;
  /** Missing if every entry could be read. */
  readonly unread?: UnreadEntries | undefined;
}

/** How to read the lists of a repository. */
export interface ReadListsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of manifests and tags read so far. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Called with the first page of tags, which arrives long before the rest of a large repository. */
  readonly onFirstTags?: ((tags: readonly ListedTag[]) => void) | undefined;
}

/** Number of pages after which a list is taken to have no end: ten times the largest repository that is known of. */
const pageLimit = 10_000;

/**
 * Reads the lists of manifests and tags of a repository in parallel.
 *
 * @throws {HubError} A request failed.
 * @see GET /v2/namespaces/{namespace}/repositories/{repository}/manifests and …/tags
 */
export async function readLists(
  http: ListServer,
  repository: RepositoryRef,
  { signal, onProgress, onFirstTags }: ReadListsOptions,
): Promise<RepositoryLists> {
  let done = 0;
  const report = (entries: number): void => {
    done += entries;
    onProgress?.(done);
  };
  const unread = new UnreadCollector();
  const [manifests, tags] = await Promise.all([
    readManifests(http, repository, { report, unread }, signal),
    readTags(http, repository, { report, unread, onFirst: onFirstTags }, signal),
  ]);
  const { entries } = unread;
  return { ...manifests, ...tags, ...(entries !== undefined && { unread: entries }) };
}

/**
 * Reads one page after the other, because each answer has the cursor of the next page. A cursor that repeats itself, or
 * a page that has nothing new, leads nowhere: then the list may lack manifests.
 */
async function readManifests(
  http: ListServer,
  { namespace, name }: RepositoryRef,
  { report, unread }: ListReaders,
  signal: AbortSignal | undefined,
): Promise<Pick<RepositoryLists, 'manifests' | 'areManifestsCut'>> {
  const path = apiPath`/v2/namespaces/${namespace}/repositories/${name}/manifests`;
  const manifests: ListedManifest[] = [];
  const seen = new Set<string>();
  const cursors = new Set<string>();
  for (let cursor: string | undefined; ;) {
    const query = { page_size: pageSizeLimit, last_evaluated_key: cursor };
    try {
      const { manifests: page, last_evaluated_key: next } = decode(
        inventoryAnswer,
        await http.get(path, query, signal),
      );
      const before = seen.size;
      page.items.forEach(({ digest }) => seen.add(digest));
      manifests.push(...page.items);
      unread.addManifests(page);
      report(page.length);
      if (next === '' || page.length === 0) {
        return { manifests, areManifestsCut: false };
      }
      const hasNew = seen.size > before || page.unread.length > 0;
      if (cursors.has(next) || !hasNew || cursors.size >= pageLimit) {
        return { manifests, areManifestsCut: true };
      }
      cursors.add(next);
      cursor = next;
    } catch (error) {
      if (cursor === undefined && isHubError(error, 'gone')) {
        return { manifests: undefined, areManifestsCut: false };
      }
      throw error;
    }
  }
}

interface ListReaders {
  readonly report: (entries: number) => void;
  readonly unread: UnreadCollector;
}

interface TagReaders extends ListReaders {
  readonly onFirst: ReadListsOptions['onFirstTags'];
}

type TagPage = SalvagedPage<ListedTag>;

/** `missing`: the server has no such page. `refused`: it does not show it to this account. */
type LaterPage = TagPage | 'missing' | 'refused';

/**
 * Reads the number of pages that the count requires, and more until a page is not full: the count reflects deletions
 * and pushes only after minutes. If a short page is followed by another one, tags between them may be missing. A page
 * that is refused ends the list: anonymous requests do not get more than ten pages.
 */
async function readTags(
  http: ListServer,
  { namespace, name }: RepositoryRef,
  { report, unread, onFirst }: TagReaders,
  signal: AbortSignal | undefined,
): Promise<Pick<RepositoryLists, 'tags' | 'tagCount' | 'areTagsCut'>> {
  const path = apiPath`/v2/namespaces/${namespace}/repositories/${name}/tags`;
  const read = async (page: number): Promise<TagPage> => {
    const answer = await http.get(path, { page, page_size: pageSizeLimit }, signal);
    const listed = decodeSalvagedPage(tagEntries, answer, { origin: http.origin, page });
    report(listed.length);
    return listed;
  };
  const first = await read(1);
  onFirst?.(first.items);
  const pageSize = first.hasNext && first.length > 0 ? first.length : pageSizeLimit;
  const pageCount = Math.min(pageLimit, Math.ceil(first.count / pageSize));
  const others = await readPages(read, pageCount);
  const pages: LaterPage[] = [first, ...others];
  const tags = new Map<string, ListedTag>();
  pages.forEach((page) => {
    addTags(tags, page);
  });
  while (mayHaveNext(pages.at(-1), pageSize)) {
    const before = tags.size;
    const page = pages.length < pageLimit ? await readLaterPage(read, pages.length + 1) : 'refused';
    pages.push(page);
    addTags(tags, page);
    if (isPage(page) && page.length > 0 && page.unread.length === 0 && tags.size === before) {
      pages.push('refused'); // a page with nothing new leads nowhere
    }
  }
  unread.addTags(pages.filter(isPage));
  return {
    tags: [...tags.values()],
    tagCount: first.count,
    areTagsCut: pages.includes('refused') || endsEarly(pages) || !isGapless(pages),
  };
}

/** Pages at a time. If one of them is missing or refused, the ones after it are not requested. */
const pagesAtOnce = 10;

async function readPages(
  read: (page: number) => Promise<TagPage>,
  pageCount: number,
): Promise<readonly LaterPage[]> {
  const pages: LaterPage[] = [];
  for (let start = 2; start <= pageCount; start += pagesAtOnce) {
    const size = Math.min(pagesAtOnce, pageCount - start + 1);
    const next = await Promise.all(
      Array.from({ length: size }, (_, index) => readLaterPage(read, start + index)),
    );
    pages.push(...next);
    if (!next.every(isPage)) {
      break;
    }
  }
  return pages;
}

/** The count may include deleted tags, so the page may not exist. */
async function readLaterPage(read: (page: number) => Promise<TagPage>, page: number): Promise<LaterPage> {
  try {
    return await read(page);
  } catch (error) {
    if (isHubError(error, 'notFound')) {
      return 'missing';
    }
    if (isHubError(error, 'forbidden')) {
      return 'refused';
    }
    throw error;
  }
}

function isPage(page: LaterPage): page is TagPage {
  return page !== 'missing' && page !== 'refused';
}

function addTags(tags: Map<string, ListedTag>, page: LaterPage): void {
  if (isPage(page)) {
    page.items.forEach((tag) => tags.set(tag.name, tag));
  }
}

function mayHaveNext(page: LaterPage | undefined, pageSize: number): boolean {
  return page !== undefined && isPage(page) && page.length > 0 && (page.hasNext || page.length >= pageSize);
}

/** Whether the server has no page after a full one that leads to it: some servers show no more than 1,000 tags. */
function endsEarly(pages: readonly LaterPage[]): boolean {
  const last = pages[pages.indexOf('missing') - 1]; // undefined if none is missing
  if (last === undefined || !isPage(last)) {
    return false;
  }
  return last.hasNext && last.length >= pageSizeLimit;
}

/** Whether all pages have the same size, except the last one that is not empty. A server may choose the size. */
function isGapless(pages: readonly LaterPage[]): boolean {
  const sizes = pages.map((page) => (isPage(page) ? page.length : 0));
  const largest = Math.max(...sizes);
  const last = sizes.findLastIndex((size) => size > 0);
  return sizes.slice(0, Math.max(0, last)).every((size) => size === largest);
}
