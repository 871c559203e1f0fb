import { shortDigest } from './digest';
import { currentTags, type Image } from './model';

/** What people call an image: its current tags (`latest, 1.4.2`), or else its short digest. */
export function imageLabel(image: Image): string {
  const tags = currentTags(image);
  return tags.length > 0 ? tags.join(', ') : shortDigest(image.digest);
}
