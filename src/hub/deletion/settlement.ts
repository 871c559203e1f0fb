import { addMetrics, type DeletionMetrics, noMetrics } from '../deletionAnswer';
import { imageKey, type ImageKey } from '../deletionRequest';
import type { Image } from '../model';
import { Attempts } from './attempts';
import { lateCompletionMs } from './lateCompletion';
import type { CollateralOutcome, ImageOutcome } from './outcome';
import type { DeletionReview } from './review';
import type { ReviewEntry } from './reviewEntry';
import { countCollateral, type DeletionSummary, noOutcomes } from './summary';

/** An image that has left the plan with an outcome. */
export interface SettledEntry {
  readonly entry: ReviewEntry;
  readonly outcome: ImageOutcome;
}

/** Outcomes of planned images and of collateral, over all deletions of one flow. */
export class Settlement {
  /** Images whose outcome may still become known. */
  readonly attempts = new Attempts();
  readonly #entries = new Map<ImageKey, SettledEntry>();
  readonly #collateral = new Map<ImageKey, CollateralOutcome>();
  readonly #counts = noOutcomes();
  #list: readonly SettledEntry[] = [];
  #changes = 0;
  #reported: DeletionMetrics | undefined = noMetrics;
  #unexpected = 0;
  #removedBytes: number | undefined;

  /** Images that have left the plan with an outcome, in the order in which they got it. */
  get entries(): readonly SettledEntry[] {
    return this.#list;
  }

  /** Number of {@link entries} with each outcome. */
  get counts(): Readonly<Record<ImageOutcome, number>> {
    return this.#counts;
  }

  /** Increases whenever outcomes are added or change. */
  get changes(): number {
    return this.#changes;
  }

  /** Outcomes of accepted collateral, according to the last listing. */
  get collateral(): ReadonlyMap<ImageKey, CollateralOutcome> {
    return this.#collateral;
  }

  /** See {@link removedSizeBytes}. */
  get removedBytes(): number | undefined {
    return this.#removedBytes;
  }

  /**
   * Notes what one deletion did beyond the images that were approved.
   *
   * @param reported What the server reported; `undefined` if any answer is missing.
   * @param unexpected Number of images that nobody approved and that are no longer listed.
   */
  noteRun(reported: DeletionMetrics | undefined, unexpected: number): void {
    this.#reported = this.#reported && reported && addMetrics(this.#reported, reported);
    this.#unexpected += unexpected;
  }

  /** What became of the images so far, of those that are left in the plan, too. */
  summary(review: Pick<DeletionReview, 'get' | 'counts'>): DeletionSummary {
    const inPlan = this.attempts.countIn(review);
    const attempted = inPlan.refused + inPlan.failed + inPlan.unconfirmed;
    const openSince = this.attempts.lastOpenRunEndedAt(review);
    const counts = this.#counts;
    return {
      images: {
        ...counts,
        refused: counts.refused + inPlan.refused,
        failed: counts.failed + inPlan.failed,
        unconfirmed: counts.unconfirmed + inPlan.unconfirmed,
        notSent: counts.notSent + review.counts.images - attempted,
      },
      heldBack: this.attempts.heldBackIn(review),
      collateral: countCollateral(this.#collateral.values()),
      unexpected: this.#unexpected,
      checkedUntil: openSince && new Date(openSince.getTime() + lateCompletionMs),
      reported: this.#reported,
    };
  }

  get(key: ImageKey): SettledEntry | undefined {
    return this.#entries.get(key);
  }

  /**
   * Adds the outcomes of one deletion, or replaces those of images that it has already. An image that has left the plan
   * never returns to it.
   */
  add(settled: readonly SettledEntry[], collateral: ReadonlyMap<ImageKey, CollateralOutcome>): void {
    for (const each of settled) {
      const before = this.#entries.get(each.entry.key);
      if (before !== undefined) {
        this.#counts[before.outcome] -= 1;
      }
      this.#entries.set(each.entry.key, each);
      this.#counts[each.outcome] += 1;
    }
    collateral.forEach((outcome, key) => this.#collateral.set(key, outcome));
    this.#changes += 1;
    this.#list = [...this.#entries.values()];
    this.#removedBytes = removedSizeBytes({ settled: this.#list, collateral: this.#collateral });
  }
}

/** Outcomes of planned images and of collateral. */
interface Settled {
  readonly settled: readonly SettledEntry[];
  readonly collateral: ReadonlyMap<ImageKey, CollateralOutcome>;
}

/**
 * Adds up the nominal size of the deleted images, collateral included, each once.
 *
 * @returns Bytes. This is an upper bound of what the server frees, because layers that are shared with other images are
 * counted in full. `undefined` if nothing was deleted or any size is not known.
 */
export function removedSizeBytes({ settled, collateral }: Settled): number | undefined {
  const removed = new Map<ImageKey, Image>();
  for (const { entry, outcome } of settled) {
    const { repository, image } = entry.planned;
    const approved = entry.collateral?.collateral;
    if (outcome === 'deleted') {
      removed.set(entry.key, image);
    }
    for (const { image: other } of approved?.kind === 'known' ? approved.images : []) {
      const key = imageKey(repository, other.digest);
      if (collateral.get(key) === 'gone') {
        removed.set(key, other);
      }
    }
  }
  let bytes = 0;
  for (const { sizeBytes } of removed.values()) {
    if (sizeBytes === undefined) {
      return undefined;
    }
    bytes += sizeBytes;
  }
  return removed.size === 0 ? undefined : bytes;
}
