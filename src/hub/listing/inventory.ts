import { createHash } from 'node:crypto';
import { LinkedAbort } from '../http/linkedAbort';
import type { ImageApi, ReadAtOnceOptions } from '../imageApi';
import { IncompleteInventoryError, isIncompleteInventory } from '../incompleteInventory';
import type { Image, ImagesSummary } from '../model';
import type { RepositoryRef } from '../names';
import { readUntilConsistent } from './consistentReading';
import { readImagePages } from './imagePages';

export { IncompleteInventoryError, type InventoryCheck } from '../incompleteInventory';

/** Every image of a repository against one `activeFrom`. Exists only where it passed its {@link CompletenessCheck}. */
export interface Inventory {
  readonly repository: RepositoryRef;
  readonly activeFrom: Date;
  readonly images: readonly Image[];
  /** When the reading ended; missing if the reader had no clock. */
  readonly readAt?: Date;
}

/** The part of the port that lists every image. */
export type ListingApi = Pick<ImageApi, 'listImages' | 'getSummary' | 'readAtOnce' | 'reportRereading'>;

/**
 * How an inventory is proved to be complete:
 *
 * - `allTotals`: the API reads everything at once and checks it, or the images match the total, active and inactive
 *   counts of the summary.
 * - `imageCount`: the same, except that only the total must match. To find out which images no longer exist: a
 *   shortened list does not contradict itself, and their status does not matter.
 * - `pagesOnly`: the pages do not contradict each other. Images that the server's lists cannot show may be missing, so
 *   nothing may be planned from it. The summary is not requested.
 */
export type CompletenessCheck = 'allTotals' | 'imageCount' | 'pagesOnly';

/** How to read an inventory. */
export interface InventoryOptions extends ReadAtOnceOptions {
  readonly pageSize: number;
  /** The strictest, `allTotals`, by default. */
  readonly completenessCheck?: CompletenessCheck | undefined;
  /** Clock for {@link Inventory.readAt}. */
  readonly now?: (() => Date) | undefined;
}

/** How long a listing may be used instead of a new one, except for the last check before a deletion. */
const freshMs = 60_000;

/** The inventories that were read less than a minute before `now`. */
export function freshInventories(inventories: readonly Inventory[], now: Date): readonly Inventory[] {
  return inventories.filter(({ readAt }) => {
    const ageMs = readAt === undefined ? Infinity : now.getTime() - readAt.getTime();
    return ageMs >= 0 && ageMs < freshMs; // a time in the future means that the clock has been corrected since
  });
}

/**
 * Lists every image of a repository, and checks that none is missing as far as `completenessCheck` requires. An API that
 * can read everything at once does so. Otherwise the pages are read in parallel, each image once, in the order of their
 * digests, together with the summary. After a contradiction everything is read again, until two readings in a row agree.
 * When one request fails, the others are aborted.
 *
 * @throws {IncompleteInventoryError} A check failed, and kept failing.
 * @throws {HubError} A request failed.
 */
export async function readInventory(
  api: ListingApi,
  repository: RepositoryRef,
  options: InventoryOptions,
): Promise<Inventory> {
  const { activeFrom, now } = options;
  const images = await readImages(api, repository, options);
  const readAt = now?.();
  return { repository, activeFrom, images, ...(readAt !== undefined && { readAt }) };
}

async function readImages(
  api: ListingApi,
  repository: RepositoryRef,
  options: InventoryOptions,
): Promise<readonly Image[]> {
  const { completenessCheck = 'allTotals' } = options;
  if (completenessCheck === 'pagesOnly') {
    return readConsistentImages(api, () =>
      collectImages(api, repository, { ...options, acceptsUnread: true }),
    );
  }
  const check = summaryChecks[completenessCheck];
  const verified = await api.readAtOnce?.(repository, options);
  return verified ?? readConsistentImages(api, () => readAgainstSummary(api, repository, options, check));
}

function readConsistentImages(
  api: ListingApi,
  read: () => Promise<readonly Image[]>,
): Promise<readonly Image[]> {
  return readUntilConsistent({
    read,
    isContradiction: isContradictory,
    fingerprintOf,
    onWillReadAgain: (number, contradiction) => api.reportRereading?.(number, contradiction),
  });
}

/** Reading again does not help where an entry cannot be read. */
function isContradictory(error: unknown): error is IncompleteInventoryError {
  return isIncompleteInventory(error) && error.check !== 'allReadable';
}

type SummaryCheck = (repository: RepositoryRef, images: readonly Image[], summary: ImagesSummary) => void;

/** Reads the pages and the summary in parallel. If one of them fails, the other is aborted. */
async function readAgainstSummary(
  api: ListingApi,
  repository: RepositoryRef,
  options: InventoryOptions,
  check: SummaryCheck,
): Promise<readonly Image[]> {
  const together = new LinkedAbort([options.signal]);
  const { signal } = together;
  try {
    const [images, summary] = await Promise.all([
      collectImages(api, repository, { ...options, acceptsUnread: false, signal }),
      api.getSummary(repository, { activeFrom: options.activeFrom }, signal),
    ]);
    check(repository, images, summary);
    return images;
  } finally {
    together.dispose();
  }
}

async function collectImages(
  api: Pick<ListingApi, 'listImages'>,
  repository: RepositoryRef,
  options: InventoryOptions,
): Promise<readonly Image[]> {
  const images: Image[] = [];
  for await (const page of readImagePages(api, repository, options)) {
    images.push(...page);
  }
  return images;
}

/** Hash of everything that a deletion depends on. Times are left out, because they may keep changing. */
function fingerprintOf(images: readonly Image[]): string {
  const hash = createHash('sha256');
  for (const image of images) {
    const tags = image.tags.map(({ name, isCurrent }) => `${name} ${isCurrent}`).sort();
    hash.update(`${[image.digest, image.status, ...tags].join(' ')}\n`);
  }
  return hash.digest('hex');
}

const summaryChecks: Readonly<Record<Exclude<CompletenessCheck, 'pagesOnly'>, SummaryCheck>> = {
  allTotals: checkAllTotals,
  imageCount: checkImageCount,
};

function checkImageCount(
  repository: RepositoryRef,
  images: readonly Image[],
  { total }: ImagesSummary,
): void {
  if (images.length !== total) {
    throw new IncompleteInventoryError(repository, 'agreesWithSummary', total, images.length);
  }
}

function checkAllTotals(repository: RepositoryRef, images: readonly Image[], summary: ImagesSummary): void {
  const active = images.filter(({ status }) => status === 'active').length;
  const comparisons = [
    [summary.total, images.length],
    [summary.active, active],
    [summary.inactive + (summary.unknown ?? 0), images.length - active],
  ] as const;
  for (const [expected, found] of comparisons) {
    if (expected !== found) {
      throw new IncompleteInventoryError(repository, 'agreesWithSummary', expected, found);
    }
  }
}
