import { lastActivity } from '../hub/activity';
import type { Image } from '../hub/model';
import { naturalKey } from '../texts/formats';
import { shownCurrentTags } from '../texts/imageLabel';
import type { RowOrder } from './protocol';
import type { Row } from './rowMatch';

/** The rows in the order; those that compare alike keep the plan's. */
export function inOrder(rows: readonly Row[], order: RowOrder): readonly Row[] {
  switch (order) {
    case 'plan':
      return rows;
    case 'oldestActivity':
      return sortedBy(rows, (image) => activityMs(image) ?? Infinity);
    case 'newestActivity':
      return sortedBy(rows, (image) => -(activityMs(image) ?? -Infinity));
    case 'name':
      return sortedBy(rows, nameKey);
  }
}

/** Each row's key is made once: a sort asks for it many times. */
function sortedBy(rows: readonly Row[], keyOf: (image: Image) => number | string): readonly Row[] {
  return rows
    .map((row) => ({ row, key: keyOf(row.entry.planned.image) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ row }) => row);
}

function activityMs(image: Image): number | undefined {
  return lastActivity(image)?.at.getTime();
}

/** Tagged images by their tags, then untagged ones by their digests. */
function nameKey(image: Image): string {
  const tags = shownCurrentTags(image);
  return tags.length === 0 ? `1 ${image.digest}` : `0 ${naturalKey(tags.join(' '))}`;
}
