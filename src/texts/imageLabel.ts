import { shortDigest } from '../hub/digest';
import { currentTags, historicalTags, type Image } from '../hub/model';
import { sortedNaturally } from './formats';

/** Returns the display name of an image: its current tags (`1.4.2, latest`), or its short digest if it has none. */
export function imageLabel(image: Image): string {
  return tagsLabel(currentTags(image), image);
}

/** The same for an image whose current tags are others than those of its list. */
export function tagsLabel(tags: readonly string[], { digest }: Pick<Image, 'digest'>): string {
  return tags.length > 0 ? sortedNaturally(tags).join(', ') : shortDigest(digest);
}

/** Returns the names of the tags that point at the image, in natural order. */
export function shownCurrentTags(image: Image): readonly string[] {
  return sortedNaturally(currentTags(image));
}

/** Returns the names of the tags that used to point at the image, in natural order. */
export function shownHistoricalTags(image: Image): readonly string[] {
  return sortedNaturally(historicalTags(image));
}
