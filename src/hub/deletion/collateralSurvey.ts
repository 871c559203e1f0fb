import type { Digest } from '../digest';
import { currentTags, historicalTags, type Image } from '../model';
import type { CollateralImage } from './collateral';
import { CollateralParts } from './collateralParts';
import { imagesByDigest } from './imagesByDigest';

/**
 * Determines what is deleted along with the planned images of one repository. Deleting a tagged image deletes its current
 * tags and every untagged image that used to have one of these; the API does not warn about it. The parts of an image are
 * deleted with it, unless an image that is not deleted contains them too. An image that has a current tag of its own is not
 * collateral, and neither is one that is in the plan itself.
 *
 * When images leave the plan, their tags and parts lead to the images that are affected, so not all have to be examined.
 */
export class CollateralSurvey {
  readonly #planned = new Set<Digest>();
  readonly #listed: ReadonlyMap<Digest, Image>;
  /** Untagged images by each tag they used to have. */
  readonly #formerHolders = new Map<string, Image[]>();
  /** By planned image, its tags that other images used to have; most planned images have no entry. */
  readonly #sharedTagsByImage = new Map<Digest, ReadonlySet<string>>();
  /** By tag, the planned images whose deletion deletes it: the inverse of the map above. */
  readonly #imagesByTag = new Map<string, Digest[]>();
  /** Planned images that have parts, or may have. */
  readonly #holders: readonly Digest[];
  readonly #parts: CollateralParts;

  /**
   * @param planned Each planned image with its current tags as reported by the dry run. They are used in addition to those
   * of the inventory, because the two are read at different times and a list may lack tags.
   * @param inventory Every image of the repository.
   */
  constructor(planned: Iterable<readonly [Digest, readonly string[]]>, inventory: readonly Image[]) {
    this.#listed = imagesByDigest(inventory);
    this.#parts = new CollateralParts(inventory, this.#planned);
    for (const image of inventory) {
      formerTagsOf(image).forEach((tag) => {
        push(this.#formerHolders, tag, image);
      });
    }
    for (const [digest, reportedTags] of planned) {
      this.#planned.add(digest);
      if (this.#formerHolders.size > 0) {
        this.#recordSharedTags(digest, reportedTags);
      }
    }
    this.#holders = inventory
      .filter(
        ({ digest, parts, arePartsUnknown }) =>
          (parts !== undefined || arePartsUnknown === true) && this.#planned.has(digest),
      )
      .map(({ digest }) => digest);
  }

  /** Planned images that may have collateral. All others certainly have none. */
  get imagesWithCollateral(): ReadonlySet<Digest> {
    return this.#stillPlanned(new Set([...this.#holders, ...this.#sharedTagsByImage.keys()]));
  }

  /** Whether more images than those of {@link deletedAlongWith} may be deleted along with a planned image. */
  isUnknown(digest: Digest): boolean {
    return this.#listed.get(digest)?.arePartsUnknown === true;
  }

  /** Returns what is deleted along with a planned image; empty for most. */
  deletedAlongWith(digest: Digest): readonly CollateralImage[] {
    const listed = this.#listed.get(digest);
    const parts = listed === undefined ? [] : this.#parts.of(listed);
    const byTag = this.#deletedAlongByTag(digest);
    return byTag.length === 0 ? parts : [...parts, ...byTag];
  }

  /**
   * Takes images out of the plan.
   *
   * @returns Planned images whose collateral may have changed because of it.
   */
  remove(digests: readonly Digest[]): ReadonlySet<Digest> {
    digests.forEach((digest) => this.#planned.delete(digest));
    const concerned = new Set(this.#parts.holdersAfter(digests));
    for (const digest of digests) {
      const listed = this.#listed.get(digest);
      const tags = listed === undefined ? [] : formerTagsOf(listed);
      tags.flatMap((tag) => this.#imagesByTag.get(tag) ?? []).forEach((image) => concerned.add(image));
    }
    return this.#stillPlanned(concerned);
  }

  #stillPlanned(digests: ReadonlySet<Digest>): ReadonlySet<Digest> {
    return new Set([...digests].filter((digest) => this.#planned.has(digest)));
  }

  #recordSharedTags(digest: Digest, reportedTags: readonly string[]): void {
    const listed = this.#listed.get(digest);
    const deletedTags = listed === undefined ? reportedTags : [...currentTags(listed), ...reportedTags];
    const shared = new Set(deletedTags.filter((tag) => this.#formerHolders.has(tag)));
    if (shared.size > 0) {
      this.#sharedTagsByImage.set(digest, shared);
      shared.forEach((tag) => {
        push(this.#imagesByTag, tag, digest);
      });
    }
  }

  #deletedAlongByTag(digest: Digest): readonly CollateralImage[] {
    const tags = this.#sharedTagsByImage.get(digest);
    if (tags === undefined) {
      return [];
    }
    const deletedAlong = new Map<Digest, { readonly image: Image; readonly formerTags: string[] }>();
    for (const tag of tags) {
      for (const image of this.#formerHolders.get(tag) ?? []) {
        const known = deletedAlong.get(image.digest);
        if (known !== undefined) {
          known.formerTags.push(tag);
        } else if (!this.#planned.has(image.digest)) {
          deletedAlong.set(image.digest, { image, formerTags: [tag] });
        }
      }
    }
    return [...deletedAlong.values()];
  }
}

/**
 * Determines the collateral of each planned image of one repository, see {@link CollateralSurvey}.
 *
 * @param inventory Every image of the repository.
 * @param reportedTags Current tags of planned images as reported by the dry run.
 * @returns By digest; planned images without collateral have no entry.
 */
export function collateralOf(
  planned: readonly Image[],
  inventory: readonly Image[],
  reportedTags: ReadonlyMap<Digest, readonly string[]> = new Map(),
): ReadonlyMap<Digest, readonly CollateralImage[]> {
  const survey = new CollateralSurvey(
    planned.map(({ digest }) => [digest, reportedTags.get(digest) ?? []]),
    inventory,
  );
  const { imagesWithCollateral } = survey;
  const deletedAlong = planned
    .filter(({ digest }) => imagesWithCollateral.has(digest))
    .map(({ digest }) => [digest, survey.deletedAlongWith(digest)] as const);
  return new Map(deletedAlong.filter(([, images]) => images.length > 0));
}

/** Former tags whose deletion also deletes the image; none if it has a current tag. */
function formerTagsOf(image: Image): readonly string[] {
  return image.tags.some(({ isCurrent }) => isCurrent) ? [] : [...new Set(historicalTags(image))];
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const known = lists.get(key);
  if (known === undefined) {
    lists.set(key, [value]);
  } else {
    known.push(value);
  }
}
