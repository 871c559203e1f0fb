import { lastActivity } from '../hub/activity';
import { currentTags, type Image } from '../hub/model';
import type { RowOrder } from './protocol';
import type { Row } from './rowMatch';

/** Digits a number in a tag is filled up to, so that 1.10 comes after 1.9. */
const numberLength = 12;

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

function nameKey(image: Image): string {
  const tags = currentTags(image);
  return tags.length === 0
    ? `1 ${image.digest}`
    : `0 ${tags
        .join(' ')
        .toLowerCase()
        .replace(/\d+/g, (digits) => digits.padStart(numberLength, '0'))}`;
}
