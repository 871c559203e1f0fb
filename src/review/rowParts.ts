import { partOutcome } from '../hub/deletion/partOutcome';
import type { DeletionReview } from '../hub/deletion/review';
import type { ReviewEntry } from '../hub/deletion/reviewEntry';
import { shortDigest } from '../hub/digest';
import type { Image } from '../hub/model';
import { activityText } from '../texts/activity';
import type { RowPart } from './protocol';
import { partLabel } from './texts/review';

/** What belongs to the image, from the top, each below what it belongs to. */
export function rowParts(entry: ReviewEntry, review: DeletionReview, now: Date): readonly RowPart[] {
  const partsBelow = ({ parts = [] }: Image, level: number): readonly RowPart[] =>
    parts.flatMap((part) => [
      {
        level,
        name: partLabel(part),
        digest: part.digest,
        shortDigest: shortDigest(part.digest),
        activity: activityText(part, now),
        outcome: partOutcome(part, entry, review),
      },
      ...partsBelow(part, level + 1),
    ]);
  return partsBelow(entry.planned.image, 1);
}
