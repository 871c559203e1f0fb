import { isHubError } from '../errors';
import type { CheckId, ImageApi } from '../imageApi';
import { IncompleteInventoryError, type Inventory, readInventory } from '../listing/inventory';
import { isSameRepository, type RepositoryRef } from '../names';
import { type Batch, batchesOf, plannedDigests } from './batches';
import { imagesByDigest } from './imagesByDigest';
import type { DeletionReview } from './review';
import { reportedTags } from './reviewEntry';

/** How to check a review. */
export interface CheckOptions {
  readonly api: ImageApi;
  /** Maximum number of images in one dry run request. */
  readonly batchSize: number;
  /** Number of images on one page of a listing. */
  readonly pageSize: number;
  /** Whether the person has already seen findings, so that different ones are marked as new. */
  readonly wasSeen: boolean;
  /** Complete listings that are recent enough to use instead of new ones; none right before a deletion. */
  readonly reuse: readonly Inventory[];
  /** Whether images that already have an answer are left out of the dry run. Collateral is determined again in any case. */
  readonly isContinued?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** Called for each answer after it was recorded in the review. */
  readonly onAnswered?: (batch: Batch) => void;
}

/**
 * Checks everything a person has to know before the deletion: runs a dry run of every batch, then lists each repository
 * in which a tag or an index would be deleted, to determine the collateral, or every repository of a plan with criteria. The
 * protection in force and the criteria are applied to what was read.
 *
 * @throws {Error} It is not known what is protected.
 * @throws {HubError} A request failed or was cancelled; the review is then not complete.
 * @throws {IncompleteInventoryError} A repository could not be listed in full, so the collateral is not known, and the
 * images of the plan were not chosen one by one.
 */
export async function checkReview(review: DeletionReview, options: CheckOptions): Promise<void> {
  const check = { ...options, check: Symbol('check') };
  review.beginCheck();
  if (options.isContinued !== true) {
    review.uncheck();
  }
  const answered = dryRunAll(review, check);
  options.reuse.forEach(({ images }) => imagesByDigest(images)); // builds the index while the dry run is under way
  await answered;
  review.dropSurveys();
  await Promise.all(review.repositoriesToSurvey.map((repository) => survey(review, repository, check)));
  review.references.assess(options.wasSeen);
}

interface Check extends CheckOptions {
  readonly check: CheckId;
}

async function dryRunAll(review: DeletionReview, options: Check): Promise<void> {
  const { api, batchSize, wasSeen, signal, onProgress, onAnswered, check } = options;
  const total = review.counts.images;
  const left = review.entries.filter(({ isChecked }) => !isChecked).map(({ planned }) => planned);
  let done = total - left.length;
  onProgress(done, total);
  const planned = plannedDigests(review.images);
  await Promise.all(
    batchesOf(left, batchSize).map(async (batch) => {
      const request = { ...dryRunRequest(batch, review), planned: planned(batch[0].repository) };
      const answer = await api.dryRun(request, signal, check);
      signal.throwIfAborted(); // another batch has failed meanwhile, and the review was unchecked
      review.record(batch, answer, wasSeen);
      onAnswered?.(batch);
      done += batch.length;
      onProgress(done, total);
    }),
  );
}

function dryRunRequest(batch: Batch, review: DeletionReview) {
  return {
    repository: batch[0].repository,
    activeFrom: review.plan.activeFrom,
    digests: batch.map(({ image }) => image.digest),
  };
}

async function survey(review: DeletionReview, repository: RepositoryRef, options: Check): Promise<void> {
  review.recordSurvey(repository, await inventoryOf(review, repository, options), options.wasSeen);
}

/**
 * @returns `undefined` if the repository cannot be listed in full; a person may accept that for images chosen one by
 * one.
 */
async function inventoryOf(
  review: DeletionReview,
  repository: RepositoryRef,
  { api, pageSize, signal, reuse, check }: Check,
): Promise<Inventory | undefined> {
  const { plan } = review;
  const { activeFrom } = plan;
  const known = reuse.find(
    (inventory) =>
      isSameRepository(inventory.repository, repository) &&
      inventory.activeFrom.getTime() === activeFrom.getTime(),
  );
  if (known !== undefined && agreesWithDryRun(review, known)) {
    return known;
  }
  try {
    const inventory = await readInventory(api, repository, {
      activeFrom,
      pageSize,
      acceptsUnread: plan.scope === 'chosen',
      signal,
      check,
    });
    checkAgainstDryRun(review, inventory);
    return inventory;
  } catch (error) {
    const isUnavailable =
      error instanceof IncompleteInventoryError || isHubError(error, 'forbidden', 'gone', 'protocol');
    if (isUnavailable && plan.scope === 'chosen') {
      return undefined;
    }
    throw error;
  }
}

/** A list that lacks tags of planned images may also lack tags of other images, and with them collateral. */
function checkAgainstDryRun(review: DeletionReview, inventory: Inventory): void {
  const { reported, found } = reportedAndFoundTags(review, inventory);
  if (found < reported) {
    throw new IncompleteInventoryError(inventory.repository, 'agreesWithDryRun', reported, found);
  }
}

function agreesWithDryRun(review: DeletionReview, inventory: Inventory): boolean {
  const { reported, found } = reportedAndFoundTags(review, inventory);
  return found === reported;
}

/** Counts the tags of planned images that the dry run reported, and how many of these are listed. */
function reportedAndFoundTags(review: DeletionReview, { repository, images }: Inventory) {
  const listed = imagesByDigest(images);
  let reported = 0;
  let found = 0;
  for (const { planned, warnings } of review.entries) {
    if (warnings.length > 0 && isSameRepository(planned.repository, repository)) {
      const tags = reportedTags(warnings);
      const listedTags = listed.get(planned.image.digest)?.tags ?? [];
      reported += tags.length;
      found += tags.filter((tag) =>
        listedTags.some(({ name, isCurrent }) => isCurrent && name === tag),
      ).length;
    }
  }
  return { reported, found };
}
