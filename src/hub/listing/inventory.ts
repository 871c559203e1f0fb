import { createHash } from 'node:crypto';
import { LinkedAbort } from '../http/linkedAbort';
import type { EveryImageOptions, ImageApi } from '../imageApi';
import type { Image, ImagesSummary } from '../model';
import type { RepositoryRef } from '../names';
import { readBelievable } from './consistentReading';
import { readImagePages } from './imagePages';
import { IncompleteInventoryError, isIncompleteInventory } from './incompleteInventory';

export { IncompleteInventoryError, type InventoryCheck } from './incompleteInventory';

/** Every image of a repository against one `activeFrom`. Exists only where the reading was complete. */
export interface Inventory {
  readonly repository: RepositoryRef;
  readonly activeFrom: Date;
  readonly images: readonly Image[];
  /** When the last of it was read; missing where nobody said what time it is. */
  readonly readAt?: Date;
}

/** As much of the port as it takes to see every image. */
export type ListingApi = Pick<ImageApi, 'listImages' | 'getSummary' | 'readEveryImage' | 'noteRereading'>;

export interface InventoryOptions extends EveryImageOptions {
  readonly pageSize: number;
  /** For {@link Inventory.readAt}. */
  readonly now?: (() => Date) | undefined;
}

/** For so long a listing may stand for one that would be made anew, where nothing is deleted by it. */
const freshMs = 60_000;

/** Those that were read less than a minute ago. */
export function freshInventories(inventories: readonly Inventory[], now: Date): readonly Inventory[] {
  return inventories.filter(({ readAt }) => {
    const ageMs = readAt === undefined ? Infinity : now.getTime() - readAt.getTime();
    return ageMs >= 0 && ageMs < freshMs; // one from the future is of a clock that was put right since
  });
}

/**
 * Reads all pages and the summary, and checks them against each other. Where they contradict each other they are read
 * again, until two readings agree.
 *
 * @throws {IncompleteInventoryError} A check failed, and went on failing.
 * @throws {HubError} A request failed.
 */
export async function readInventory(
  api: ListingApi,
  repository: RepositoryRef,
  options: InventoryOptions,
): Promise<Inventory> {
  const { activeFrom, now } = options;
  const images = await everyImage(api, repository, options, checkAgainstSummary);
  const readAt = now?.();
  return { repository, activeFrom, images, ...(readAt !== undefined && { readAt }) };
}

/**
 * All images of a repository, as many as the summary counts. For finding out what is not there any more: a list that
 * is cut short contradicts nothing in itself.
 *
 * @throws {IncompleteInventoryError} The pages contradict each other or the summary, and went on doing so.
 * @throws {HubError} A request failed.
 */
export function listEveryImage(
  api: ListingApi,
  repository: RepositoryRef,
  options: InventoryOptions,
): Promise<readonly Image[]> {
  return everyImage(api, repository, options, checkTotal);
}

/**
 * All images of a repository, each once, in the order of their digests. When a page fails, the others are given up.
 *
 * @throws {IncompleteInventoryError} The pages contradict each other, and went on doing so.
 * @throws {HubError} A request failed.
 */
export function listAllImages(
  api: Pick<ListingApi, 'listImages' | 'noteRereading'>,
  repository: RepositoryRef,
  options: InventoryOptions,
): Promise<readonly Image[]> {
  return believed(api, () => collectImages(api, repository, options));
}

type SummaryCheck = (repository: RepositoryRef, images: readonly Image[], summary: ImagesSummary) => void;

/** Vouched for by the API, or else by the summary. */
async function everyImage(
  api: ListingApi,
  repository: RepositoryRef,
  options: InventoryOptions,
  check: SummaryCheck,
): Promise<readonly Image[]> {
  const vouchedFor = await api.readEveryImage?.(repository, options);
  return vouchedFor ?? believed(api, () => readAgainstSummary(api, repository, options, check));
}

function believed(
  api: Pick<ListingApi, 'noteRereading'>,
  read: () => Promise<readonly Image[]>,
): Promise<readonly Image[]> {
  return readBelievable({
    read,
    isContradiction: isIncompleteInventory,
    fingerprintOf,
    onWillReadAgain: (number, contradiction) => api.noteRereading?.(number, contradiction),
  });
}

/** The pages and, beside them, the summary. What fails gives up the other. */
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
      collectImages(api, repository, { ...options, signal }),
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

/** Of what decides about a deletion; times may go on changing. */
function fingerprintOf(images: readonly Image[]): string {
  const hash = createHash('sha256');
  for (const image of images) {
    const tags = image.tags.map(({ name, isCurrent }) => `${name} ${isCurrent}`).sort();
    hash.update(`${[image.digest, image.status, ...tags].join(' ')}\n`);
  }
  return hash.digest('hex');
}

function checkTotal(repository: RepositoryRef, images: readonly Image[], { total }: ImagesSummary): void {
  if (images.length !== total) {
    throw new IncompleteInventoryError(repository, 'agreesWithSummary', total, images.length);
  }
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
