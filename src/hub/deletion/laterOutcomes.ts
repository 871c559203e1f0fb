import type { ImageKey } from '../deletionRequest';
import type { CollateralOutcome, ImageOutcome } from './outcome';
import type { DeletionReview } from './review';
import type { SettledEntry, Settlement } from './settlement';

/** What was found out about a run after its deletion had ended, according to a new listing. */
export interface LaterOutcomes {
  /** As in the journal. */
  readonly runId: string;
  /** Outcomes of the images of the plan, as far as any is known. */
  readonly outcomes: ReadonlyMap<ImageKey, ImageOutcome>;
  /** Outcomes of accepted collateral, as far as any is known. */
  readonly collateral: ReadonlyMap<ImageKey, CollateralOutcome>;
}

/**
 * Replaces `unconfirmed` by what was found out later. An image that is gone leaves the plan; one that is still there stays
 * where it is. Outcomes of other flows, and of runs that a later deletion of the image has superseded, change nothing.
 *
 * @returns Whether anything has changed.
 */
export function applyLaterOutcomes(
  later: LaterOutcomes,
  review: DeletionReview,
  settlement: Settlement,
): boolean {
  if (!settlement.attempts.hasRun(later.runId)) {
    return false;
  }
  const news = settlement.attempts.resolve(later.runId, later.outcomes);
  const collateral = [...later.collateral].filter(([key, outcome]) =>
    isCollateralNews(settlement.collateral.get(key), outcome),
  );
  if (news.size === 0 && collateral.length === 0) {
    return false;
  }
  const settled = [...news].flatMap(([key, outcome]): readonly SettledEntry[] => {
    const entry = settlement.get(key)?.entry ?? (isGone(outcome) ? review.get(key) : undefined);
    return entry === undefined ? [] : [{ entry, outcome }];
  });
  settlement.add(settled, new Map(collateral));
  review.remove(settled.map(({ entry }) => entry.key)); // ignores those that have left it before
  return true;
}

function isGone(outcome: ImageOutcome): boolean {
  return outcome === 'deleted' || outcome === 'alreadyGone';
}

/** What is gone stays gone, and what was found is not forgotten because of a listing that failed. */
function isCollateralNews(before: CollateralOutcome | undefined, outcome: CollateralOutcome): boolean {
  return before === 'unconfirmed' ? outcome !== 'unconfirmed' : before === 'stayed' && outcome === 'gone';
}
