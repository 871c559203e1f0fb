import type { Digest } from '../digest';
import { currentTags, historicalTags, type Image } from '../model';
import { FallingParts } from './fallingParts';

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
 * What falls with each planned image of one repository. Deleting a tagged image deletes its current tags, and with them
 * every untagged image that formerly held one of these; the API does not warn of it. With an image fall its parts, unless
 * another image that stays has them too. An image that has a current tag of its own stays, and so does one that is in the
 * plan itself.
 *
 * @param inventory Every image of the repository.
 * @param toldTags Current tags of planned images as the dry run told them. They count beside those of the inventory: the
 * two are read one after the other, and a list may leave tags out.
 * @returns Only images that take others along.
 */
export function collateralOf(
  planned: readonly Image[],
  inventory: readonly Image[],
  toldTags: ReadonlyMap<Digest, readonly string[]> = new Map(),
): ReadonlyMap<Digest, readonly CollateralImage[]> {
  const plannedDigests = new Set(planned.map(({ digest }) => digest));
  const formerHolders = untaggedByFormerTag(inventory, plannedDigests);
  const current = new Map(inventory.map((image) => [image.digest, image]));
  const collateral = new Map<Digest, readonly CollateralImage[]>();
  const parts = new FallingParts(inventory, plannedDigests);
  for (const { digest } of planned) {
    const listed = current.get(digest);
    const tags = [...(listed === undefined ? [] : currentTags(listed)), ...(toldTags.get(digest) ?? [])];
    const fallen = [
      ...(listed === undefined ? [] : parts.of(listed)),
      ...fallenWith(new Set(tags), formerHolders),
    ];
    if (fallen.length > 0) {
      collateral.set(digest, fallen);
    }
  }
  return collateral;
}

/** Whether the same images fall. */
export function isSameCollateral(a: Collateral, b: Collateral): boolean {
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    return a.kind === b.kind;
  }
  const digests = new Set(a.images.map(({ image }) => image.digest));
  return digests.size === b.images.length && b.images.every(({ image }) => digests.has(image.digest));
}

function untaggedByFormerTag(
  inventory: readonly Image[],
  planned: ReadonlySet<Digest>,
): ReadonlyMap<string, readonly Image[]> {
  const holders = new Map<string, Image[]>();
  for (const image of inventory) {
    if (planned.has(image.digest) || currentTags(image).length > 0) {
      continue;
    }
    for (const tag of new Set(historicalTags(image))) {
      const known = holders.get(tag);
      if (known === undefined) {
        holders.set(tag, [image]);
      } else {
        known.push(image);
      }
    }
  }
  return holders;
}

function fallenWith(
  tags: ReadonlySet<string>,
  formerHolders: ReadonlyMap<string, readonly Image[]>,
): readonly CollateralImage[] {
  const fallen = new Map<Digest, { readonly image: Image; readonly formerTags: string[] }>();
  for (const tag of tags) {
    for (const holder of formerHolders.get(tag) ?? []) {
      const known = fallen.get(holder.digest);
      if (known === undefined) {
        fallen.set(holder.digest, { image: holder, formerTags: [tag] });
      } else {
        known.formerTags.push(tag);
      }
    }
  }
  return [...fallen.values()];
}
