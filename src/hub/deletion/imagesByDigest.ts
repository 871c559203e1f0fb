import type { Digest } from '../digest';
import type { Image } from '../model';

const known = new WeakMap<readonly Image[], ReadonlyMap<Digest, Image>>();

/** The images of a list, found by digest. It is made once for each list, which may be long and is asked several times. */
export function imagesByDigest(images: readonly Image[]): ReadonlyMap<Digest, Image> {
  let found = known.get(images);
  if (found === undefined) {
    found = new Map(images.map((image) => [image.digest, image]));
    known.set(images, found);
  }
  return found;
}
