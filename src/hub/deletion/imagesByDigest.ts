import type { Digest } from '../digest';
import type { Image } from '../model';

const known = new WeakMap<readonly Image[], ReadonlyMap<Digest, Image>>();

/** Indexes a list of images by digest. The index is cached for each list object, because lists may be long. */
export function imagesByDigest(images: readonly Image[]): ReadonlyMap<Digest, Image> {
  let found = known.get(images);
  if (found === undefined) {
    found = new Map(images.map((image) => [image.digest, image]));
    known.set(images, found);
  }
  return found;
}
