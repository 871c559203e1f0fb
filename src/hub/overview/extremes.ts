import { lastActivity } from '../activity';
import type { Image } from '../model';

/** An image whose size is known. */
export type SizedImage = Image & { readonly sizeBytes: number };

/**
 * The largest images, largest first.
 *
 * @param limit Maximum number of images.
 * @returns Empty if the server reports no sizes.
 */
export function biggestImages(images: readonly Image[], limit: number): readonly SizedImage[] {
  return images
    .filter((image): image is SizedImage => image.sizeBytes !== undefined)
    .sort((a, b) => b.sizeBytes - a.sizeBytes)
    .slice(0, limit);
}

/**
 * The images with the oldest last activity, oldest first. Images of unknown activity or unknown pulls are left out.
 *
 * @param limit Maximum number of images.
 */
export function oldestImages(images: readonly Image[], limit: number): readonly Image[] {
  return images
    .flatMap((image) => {
      const at = lastActivity(image)?.at;
      return at === undefined || image.arePullsUnknown === true ? [] : [{ image, at: at.getTime() }];
    })
    .sort((a, b) => a.at - b.at)
    .slice(0, limit)
    .map(({ image }) => image);
}
