import type { DeletionReview } from '../hub/deletion/review';
import { latestTagsOf, formerTagsOf, tagChangesOf } from '../hub/deletion/latestTags';
import type { ReviewEntry } from '../hub/deletion/reviewEntry';
import { currentTags } from '../hub/model';
import { sortedNaturally } from '../texts/formats';
import type { ReviewRow } from './protocol';
import { tagNotes, tagsWhenPlannedText } from './texts/tagNotes';

/** The tags of a row, as last read, and what is to be said about them. */
export function rowTags(
  entry: ReviewEntry,
  isInPlan: boolean,
  review: Pick<DeletionReview, 'lastListedImages'>,
): Pick<ReviewRow, 'currentTags' | 'historicalTags' | 'tagNotes'> {
  const { planned, isChecked, latestTags } = entry;
  const changes = tagChangesOf(entry, review.lastListedImages(planned.repository));
  const gone = new Set([...changes.moved, ...changes.lost]); // named by a note
  const isUnknown = isChecked && latestTags === undefined && currentTags(planned.image).length > 0;
  return {
    currentTags: [...sortedNaturally(latestTagsOf(entry))],
    historicalTags: sortedNaturally(formerTagsOf(entry)).filter((tag) => !isInPlan || !gone.has(tag)),
    tagNotes: !isInPlan ? [] : isUnknown ? [tagsWhenPlannedText()] : [...tagNotes(changes)],
  };
}
