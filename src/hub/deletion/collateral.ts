import type { Digest } from '../digest';
import type { Image } from '../model';
import { CollateralSurvey } from './collateralSurvey';

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

/**
 * What falls with each planned image of one repository, as {@link CollateralSurvey} tells it.
 *
 * @param inventory Every image of the repository.
 * @returns Only images that take others along.
 */
export function collateralOf(
  planned: readonly Image[],
  inventory: readonly Image[],
  toldTags: ReadonlyMap<Digest, readonly string[]> = new Map(),
): ReadonlyMap<Digest, readonly CollateralImage[]> {
  const survey = new CollateralSurvey(
    planned.map(({ digest }) => [digest, toldTags.get(digest) ?? []]),
    inventory,
  );
  const { takers } = survey;
  const fallen = planned
    .filter(({ digest }) => takers.has(digest))
    .map(({ digest }) => [digest, survey.fallenWith(digest)] as const);
  return new Map(fallen.filter(([, images]) => images.length > 0));
}

/** Whether the same images fall. */
export function isSameCollateral(a: Collateral, b: Collateral): boolean {
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    return a.kind === b.kind;
  }
  const digests = new Set(a.images.map(({ image }) => image.digest));
  return digests.size === b.images.length && b.images.every(({ image }) => digests.has(image.digest));
}
