import { imageKey } from '../deletionRequest';
import type { Image } from '../model';
import type { DeletionReview } from './review';
import type { ReviewEntry } from './reviewEntry';

/**
 * What becomes of an image that belongs to one of a plan:
 *
 * - `deletedAlong`: it goes with that
 * - `stays`: something else needs it
 * - `planned`: it is in the plan itself
 * - `unknown`: no dry run has answered yet, or what falls was not found out since, or the list of images is not complete
 */
export type PartOutcome = 'deletedAlong' | 'stays' | 'planned' | 'unknown';

/** @param entry The image of the plan that the part belongs to. */
export function partOutcome(part: Image, entry: ReviewEntry, review: DeletionReview): PartOutcome {
  if (review.get(imageKey(entry.planned.repository, part.digest)) !== undefined) {
    return 'planned';
  }
  const collateral = entry.collateral?.collateral;
  const isFoundOut = entry.isChecked && review.isSurveyed(entry.planned.repository);
  if (!isFoundOut || collateral?.kind === 'unknown') {
    return 'unknown';
  }
  return collateral?.images.some(({ image }) => image.digest === part.digest) === true
    ? 'deletedAlong'
    : 'stays';
}
