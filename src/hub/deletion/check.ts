import { isHubError } from '../errors';
import type { CheckId, ImageApi } from '../imageApi';
import { IncompleteInventoryError, type Inventory, readInventory } from '../listing/inventory';
import { isSameRepository, type RepositoryRef } from '../names';
import { type Batch, batchesOf } from './batches';
import { imagesByDigest } from './imagesByDigest';
import type { DeletionReview } from './review';
import { reportedTags } from './reviewEntry';

export interface CheckOptions {
  readonly api: ImageApi;
  /** Images in one dry run. */
  readonly batchSize: number;
  /** Images on one page of a listing. */
  readonly pageSize: number;
  /** Whether the person has seen findings before, so that others are new. */
  readonly wasSeen: boolean;
  /** Complete listings that are fresh enough to stand for those that this check would make; none right before a deletion. */
  readonly reuse: readonly Inventory[];
  /** Whether images that a dry run has answered for are not asked about again. What falls is found out anew even so. */
  readonly isContinued?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** Told of each answer when the review has taken it in. */
  readonly onAnswered?: (batch: Batch) => void;
}

/**
 * Finds out all that a person has to know before the deletion: dry runs of every batch, then, where tags would go, what
 * falls with them.
 *
 * @throws {HubError} A request failed; the review is then not complete.
 * @throws {IncompleteInventoryError} Nobody looked at each image of the plan, and what falls with them cannot be told.
 */
export async function checkReview(review: DeletionReview, options: CheckOptions): Promise<void> {
  const check = { ...options, check: Symbol('check') };
  if (options.isContinued !== true) {
    review.uncheck();
  }
  const answered = dryRunAll(review, check);
  options.reuse.forEach(({ images }) => imagesByDigest(images)); // now, and not when a person waits for the end
  await answered;
  review.dropSurveys();
  await Promise.all(review.repositoriesToSurvey.map((repository) => survey(review, repository, check)));
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
  await Promise.all(
    batchesOf(left, batchSize).map(async (batch) => {
      const answer = await api.dryRun(dryRunRequest(batch, review), signal, check);
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

/** `undefined`: it cannot be had in full, which a person may accept for images they chose one by one. */
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
    const inventory = await readInventory(api, repository, { activeFrom, pageSize, signal, check });
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

/** A list that leaves out tags of planned images may leave out those of others, and so what falls with them. */
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

/** How many tags of planned images the dry run has told, and how many of them are listed. */
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
