import type { DeletionMetrics, Hold } from '../deletionAnswer';
import type { CollateralOutcome, ImageOutcome } from './outcome';

/**
 * What became of the images of one or several deletions. Every place that reports a result is given this, so that no two of
 * them can disagree.
 */
export interface DeletionSummary {
  /** Number of images with each outcome. They add up to the images that were planned. */
  readonly images: Readonly<Record<ImageOutcome, number>>;
  /** Number of the `refused` images that the server was not asked to delete, by what held them back. */
  readonly heldBack: Readonly<Record<Hold, number>>;
  /** Number of images that were accepted to be deleted along, with each outcome. */
  readonly collateral: Readonly<Record<CollateralOutcome, number>>;
  /** Images that are no longer listed, although they were neither planned nor accepted to be deleted along. */
  readonly unexpected: number;
  /** Until when unconfirmed images are checked again automatically; `undefined` if they are not. */
  readonly checkedUntil: Date | undefined;
  /** What the server reported; `undefined` if the answer to any request is missing. */
  readonly reported: DeletionMetrics | undefined;
}

/** Numbers of images with each outcome, all zero. */
export function noOutcomes(): Record<ImageOutcome, number> {
  return { deleted: 0, alreadyGone: 0, refused: 0, failed: 0, unconfirmed: 0, notSent: 0 };
}

/** Counts what held images back. */
export function countHolds(all: Iterable<Hold | undefined>): Record<Hold, number> {
  const counts = { changed: 0, stopped: 0 };
  for (const hold of all) {
    if (hold !== undefined) {
      counts[hold] += 1;
    }
  }
  return counts;
}

/** Counts the outcomes of collateral. */
export function countCollateral(outcomes: Iterable<CollateralOutcome>): Record<CollateralOutcome, number> {
  const counts = { gone: 0, stayed: 0, unconfirmed: 0 };
  for (const outcome of outcomes) {
    counts[outcome] += 1;
  }
  return counts;
}

/** Number of images that certainly still exist. */
export function notDeletedCount({ images }: Pick<DeletionSummary, 'images'>): number {
  return images.refused + images.failed + images.notSent;
}

/** Number of all images. */
export function imageCount({ images }: Pick<DeletionSummary, 'images'>): number {
  return Object.values(images).reduce((sum, count) => sum + count, 0);
}

/** Whether it is not known of any image whether it still exists. */
export function hasUnknown({ images, collateral }: Pick<DeletionSummary, 'images' | 'collateral'>): boolean {
  return images.unconfirmed + collateral.unconfirmed > 0;
}
