import type { Digest } from './digest';
import type { ImageApi, ImagesPage, ImagesQuery } from './imageApi';
import { LinkedAbort } from './linkedAbort';
import type { Image, ImagesSummary } from './model';
import { formatRepository, type RepositoryRef } from './names';

/** Every image of a repository against one `activeFrom`. Exists only where the reading was complete. */
export interface Inventory {
  readonly repository: RepositoryRef;
  readonly activeFrom: Date;
  readonly images: readonly Image[];
}

/** As much of the port as it takes to see every image. */
export type ListingApi = Pick<ImageApi, 'listImages' | 'getSummary' | 'readEveryImage'>;

/**
 * What a complete reading must fulfil:
 *
 * - `steadyCount`: every page tells the same number of images
 * - `lastPage`: only the last page says that none follows
 * - `allListed`: as many different images were listed as the pages tell
 * - `agreesWithSummary`: `images-summary` counts the same totals
 * - `agreesWithDryRun`: it has every tag that the dry run of a deletion has just told
 * - `agreesWithTags`: the list of manifests and the list of tags tell the same
 * - `allTagsListed`: the server has not cut the list of tags short
 * - `allIndexesRead`: of every multi-platform image it is known what belongs to it
 */
export type InventoryCheck =
  | 'steadyCount'
  | 'lastPage'
  | 'allListed'
  | 'agreesWithSummary'
  | 'agreesWithDryRun'
  | 'agreesWithTags'
  | 'allTagsListed'
  | 'allIndexesRead';

/** A listing that cannot be trusted to hold every image, so nothing is planned on it. */
export class IncompleteInventoryError extends Error {
  override readonly name = 'IncompleteInventoryError';

  constructor(
    readonly repository: RepositoryRef,
    readonly check: InventoryCheck,
    readonly expected: number,
    readonly found: number,
  ) {
    super(`${formatRepository(repository)}: ${check}: expected ${expected}, found ${found}`);
  }
}

export interface InventoryOptions {
  readonly activeFrom: Date;
  readonly pageSize: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Reads all pages and the summary, and checks them against each other.
 *
 * The order is by digest: a pull in the meantime moves an image in an order by activity, never in this one.
 *
 * @throws {IncompleteInventoryError} A check failed.
 * @throws {HubError} A request failed.
 */
export async function readInventory(
  api: ImageApi,
  repository: RepositoryRef,
  options: InventoryOptions,
): Promise<Inventory> {
  const { activeFrom, signal } = options;
  const vouchedFor = await api.readEveryImage?.(repository, options);
  if (vouchedFor !== undefined) {
    return { repository, activeFrom, images: vouchedFor };
  }
  const [images, summary] = await Promise.all([
    listAllImages(api, repository, options),
    api.getSummary(repository, { activeFrom }, signal),
  ]);
  checkAgainstSummary(repository, images, summary);
  return { repository, activeFrom, images };
}

/**
 * All images of a repository, as many as the summary counts. For finding out what is not there any more: a list that
 * is cut short contradicts nothing in itself.
 *
 * @throws {IncompleteInventoryError} The pages contradict each other or the summary.
 * @throws {HubError} A request failed.
 */
export async function listEveryImage(
  api: ListingApi,
  repository: RepositoryRef,
  options: InventoryOptions,
): Promise<readonly Image[]> {
  const vouchedFor = await api.readEveryImage?.(repository, options);
  if (vouchedFor !== undefined) {
    return vouchedFor;
  }
  const [images, { total }] = await Promise.all([
    listAllImages(api, repository, options),
    api.getSummary(repository, { activeFrom: options.activeFrom }, options.signal),
  ]);
  if (images.length !== total) {
    throw new IncompleteInventoryError(repository, 'agreesWithSummary', total, images.length);
  }
  return images;
}

/**
 * All images of a repository, each once, in the order of their digests. When a page fails, the others are given up.
 *
 * @throws {IncompleteInventoryError} The pages contradict each other.
 * @throws {HubError} A request failed.
 */
export async function listAllImages(
  api: Pick<ImageApi, 'listImages'>,
  repository: RepositoryRef,
  options: InventoryOptions,
): Promise<readonly Image[]> {
  const giveUp = new LinkedAbort([options.signal]);
  try {
    const pages = await readPages(api, repository, { ...options, signal: giveUp.signal });
    checkPages(repository, pages, options.pageSize);
    return uniqueImages(repository, pages);
  } finally {
    giveUp.dispose();
  }
}

/** More than run at once, and few enough that a count that lies by millions is found out before as many requests. */
const pagesAtOnce = 64;

async function readPages(
  api: Pick<ImageApi, 'listImages'>,
  repository: RepositoryRef,
  { activeFrom, pageSize, signal, onProgress }: InventoryOptions,
): Promise<readonly ImagesPage[]> {
  const query = (page: number): ImagesQuery => ({ ordering: 'digest', activeFrom, page, pageSize });
  const first = await api.listImages(repository, query(1), signal);
  let listed = first.images.length;
  onProgress?.(listed, first.count);

  const read = async (number: number): Promise<ImagesPage> => {
    const page = await api.listImages(repository, query(number), signal);
    listed += page.images.length;
    onProgress?.(listed, first.count);
    return page;
  };
  const pageCount = pageCountOf(first.count, pageSize);
  const pages = [first];
  while (pages.length < pageCount && pages.every(({ hasNext }) => hasNext)) {
    const wave = Math.min(pagesAtOnce, pageCount - pages.length);
    const next = pages.length + 1;
    pages.push(...(await Promise.all(Array.from({ length: wave }, (_, index) => read(next + index)))));
  }
  return pages;
}

function pageCountOf(count: number, pageSize: number): number {
  return Math.max(1, Math.ceil(count / pageSize));
}

function checkPages(repository: RepositoryRef, pages: readonly ImagesPage[], pageSize: number): void {
  const expected = pages[0]?.count ?? 0;
  const deviating = pages.find(({ count }) => count !== expected);
  if (deviating !== undefined) {
    throw new IncompleteInventoryError(repository, 'steadyCount', expected, deviating.count);
  }
  const pageCount = pageCountOf(expected, pageSize);
  const lastPage = pages.findIndex(({ hasNext }) => !hasNext) + 1;
  if (lastPage !== pageCount) {
    throw new IncompleteInventoryError(repository, 'lastPage', pageCount, lastPage);
  }
}

function uniqueImages(repository: RepositoryRef, pages: readonly ImagesPage[]): readonly Image[] {
  const expected = pages[0]?.count ?? 0;
  const unique = new Map<Digest, Image>();
  for (const { images } of pages) {
    for (const image of images) {
      unique.set(image.digest, image);
    }
  }
  if (unique.size !== expected) {
    throw new IncompleteInventoryError(repository, 'allListed', expected, unique.size);
  }
  return [...unique.values()];
}

function checkAgainstSummary(
  repository: RepositoryRef,
  images: readonly Image[],
  summary: ImagesSummary,
): void {
  const active = images.filter(({ status }) => status === 'active').length;
  const comparisons = [
    [summary.total, images.length],
    [summary.active, active],
    [summary.inactive, images.length - active],
  ] as const;
  for (const [expected, found] of comparisons) {
    if (expected !== found) {
      throw new IncompleteInventoryError(repository, 'agreesWithSummary', expected, found);
    }
  }
}
