import type { Image } from '../model';

/** An image that nobody chose and that falls with one that was. */
export interface CollateralImage {
  readonly image: Image;
  /** The tags it once held and that its fall is due to; none where it falls as a part of the other. */
  readonly formerTags: readonly string[];
}

/**
 * What falls with one image of a plan, beside its own tags.
 *
 * - `known`: worked out from a complete inventory
 * - `unknown`: the inventory was not complete, so anything may fall
 */
export type Collateral =
  { readonly kind: 'known'; readonly images: readonly CollateralImage[] } | { readonly kind: 'unknown' };

/** Whether the same images fall. */
export function isSameCollateral(a: Collateral, b: Collateral): boolean {
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    return a.kind === b.kind;
  }
  const digests = new Set(a.images.map(({ image }) => image.digest));
  return digests.size === b.images.length && b.images.every(({ image }) => digests.has(image.digest));
}
