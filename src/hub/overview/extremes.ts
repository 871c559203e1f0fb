import { lastActivity } from '../activity';
import type { Image } from '../model';

/** An image whose size the server tells. */
export type SizedImage = Image & { readonly sizeBytes: number };

/** The images with the greatest sizes, the greatest first; none where the server tells no sizes. */
export function biggestImages(images: readonly Image[], limit: number): readonly SizedImage[] {
  return images
    .filter((image): image is SizedImage => image.sizeBytes !== undefined)
    .sort((a, b) => b.sizeBytes - a.sizeBytes)
    .slice(0, limit);
}

/** The images that were pushed or pulled longest ago, the longest first. Those of unknown activity are not among them. */
export function oldestImages(images: readonly Image[], limit: number): readonly Image[] {
  return images
    .flatMap((image) => {
      const at = lastActivity(image)?.at;
      return at === undefined ? [] : [{ image, at: at.getTime() }];
    })
    .sort((a, b) => a.at - b.at)
    .slice(0, limit)
    .map(({ image }) => image);
}
