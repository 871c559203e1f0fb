import { imageKey } from '../deletionRequest';
import type { Image } from '../model';
import type { DeletionReview } from './review';
import type { ReviewEntry } from './reviewEntry';

/**
 * What the deletion of a planned image does to one of its parts:
 *
 * - `deletedAlong`: the part is deleted with the image
 * - `stays`: another image still needs it
 * - `planned`: it is in the plan itself
 * - `unknown`: there is no answer to a dry run yet, the collateral was not determined since, or the list of images is
 *   incomplete
 */
export type PartOutcome = 'deletedAlong' | 'stays' | 'planned' | 'unknown';

/**
 * Determines what happens to a part.
 *
 * @param entry The planned image that the part belongs to.
 */
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
