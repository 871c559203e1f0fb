import type { Image } from '../model';

/** An image outside the plan that is deleted along with a planned one. */
export interface CollateralImage {
  readonly image: Image;
  /** Deleted tags that it used to have and because of which it is deleted; empty if it is a part of the planned image. */
  readonly formerTags: readonly string[];
}

/**
 * Images that are deleted along with one image of a plan.
 *
 * - `known`: determined from a complete inventory
 * - `unknown`: the inventory was not complete, so any image may be deleted along
 */
export type Collateral =
  { readonly kind: 'known'; readonly images: readonly CollateralImage[] } | { readonly kind: 'unknown' };

/** Whether both contain the same images, in any order; two unknown ones count as the same. */
export function isSameCollateral(a: Collateral, b: Collateral): boolean {
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    return a.kind === b.kind;
  }
  const digests = new Set(a.images.map(({ image }) => image.digest));
  return digests.size === b.images.length && b.images.every(({ image }) => digests.has(image.digest));
}

/** Whether both also say the same about each of the images: why it is deleted, what it is and whether it is active. */
export function hasSameDetails(a: Collateral, b: Collateral): boolean {
  return a === b || (isSameCollateral(a, b) && detailsOf(a) === detailsOf(b));
}

function detailsOf(collateral: Collateral): string {
  const images = collateral.kind === 'known' ? collateral.images : [];
  return images
    .map(({ image: { digest, status, role = '', platform = '' }, formerTags }) =>
      [digest, status, role, platform, ...[...formerTags].sort()].join(' '),
    )
    .sort()
    .join('\n');
}
