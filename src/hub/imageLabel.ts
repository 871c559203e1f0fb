import { shortDigest } from './digest';
import { currentTags, type Image } from './model';

/** Returns the display name of an image: its current tags (`latest, 1.4.2`), or its short digest if it has none. */
export function imageLabel(image: Image): string {
  const tags = currentTags(image);
  return tags.length > 0 ? tags.join(', ') : shortDigest(image.digest);
}
