import { lastActivity } from '../hub/activity';
import { latestTagsOf } from '../hub/deletion/latestTags';
import type { ReviewEntry } from '../hub/deletion/reviewEntry';
import { naturalKey, sortedNaturally } from '../texts/formats';
import type { RowOrder } from './protocol';
import type { Row } from './rowMatch';

/** The rows in the order; those that compare alike keep the plan's. */
export function inOrder(rows: readonly Row[], order: RowOrder): readonly Row[] {
  switch (order) {
    case 'plan':
      return rows;
    case 'oldestActivity':
      return sortedBy(rows, (entry) => activityMs(entry) ?? Infinity);
    case 'newestActivity':
      return sortedBy(rows, (entry) => -(activityMs(entry) ?? -Infinity));
    case 'name':
      return sortedBy(rows, nameKey);
  }
}

/** Each row's key is made once: a sort asks for it many times. */
function sortedBy(rows: readonly Row[], keyOf: (entry: ReviewEntry) => number | string): readonly Row[] {
  return rows
    .map((row) => ({ row, key: keyOf(row.entry) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ row }) => row);
}

function activityMs({ planned }: ReviewEntry): number | undefined {
  return lastActivity(planned.image)?.at.getTime();
}

/** Tagged images by their tags as last read, then untagged ones by their digests. */
function nameKey(entry: ReviewEntry): string {
  const tags = sortedNaturally(latestTagsOf(entry));
  return tags.length === 0 ? `1 ${entry.planned.image.digest}` : `0 ${naturalKey(tags.join(' '))}`;
}
