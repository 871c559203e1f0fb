import type { Digest } from '../digest';
import { currentTags, partsOf, type Image } from '../model';
import type { CollateralImage } from './collateral';

const none: readonly CollateralImage[] = [];

type Leaving = Pick<ReadonlySet<Digest>, 'has'>;

/** Determines which parts of images are deleted along when some images of a repository are deleted. */
export class CollateralParts {
  readonly #leaving: Leaving;
  /** For each part, the images it belongs to. */
  readonly #holders = new Map<Digest, Set<Digest>>();
  /** For each image, its direct parts. */
  readonly #children = new Map<Digest, Set<Digest>>();
  readonly #parts = new Map<Digest, Image>();
  /** Cached for each part, until the planned images change. */
  readonly #isCollateral = new Map<Digest, boolean>();

  /**
   * @param inventory Every image of the repository.
   * @param leaving Digests of the images to delete. The caller may remove some later and must then call {@link holdersAfter}.
   */
  constructor(inventory: readonly Image[], leaving: Leaving) {
    this.#leaving = leaving;
    for (const image of inventory) {
      if (image.parts !== undefined) {
        this.#note(image);
        partsOf(image).forEach((part) => {
          this.#note(part);
        });
      }
    }
  }

  /**
   * Returns the parts that are deleted along with the image, at every level. Parts that are planned themselves are
   * left out.
   */
  of(image: Image): readonly CollateralImage[] {
    if (image.parts === undefined) {
      return none;
    }
    return partsOf(image)
      .filter((part) => !this.#leaving.has(part.digest) && this.#isDeletedAlong(part))
      .map((part) => ({ image: part, formerTags: [] }));
  }

  /**
   * Takes note that images are no longer deleted.
   *
   * @returns Images whose parts may have a different outcome now.
   */
  holdersAfter(staying: readonly Digest[]): ReadonlySet<Digest> {
    this.#isCollateral.clear();
    return withLinked(withLinked(new Set(staying), this.#children), this.#holders);
  }

  #note({ digest, parts = [] }: Image): void {
    for (const part of parts) {
      const children = this.#children.get(digest) ?? new Set();
      this.#children.set(digest, children.add(part.digest));
      const holders = this.#holders.get(part.digest) ?? new Set();
      this.#holders.set(part.digest, holders.add(digest));
      this.#parts.set(part.digest, part);
    }
  }

  /** The recursion ends because digests identify content: no image can contain itself, at any level. */
  #isDeletedAlong(part: Image): boolean {
    const known = this.#isCollateral.get(part.digest);
    if (known !== undefined) {
      return known;
    }
    const isTagged = part.role !== 'signature' && currentTags(part).length > 0;
    const holders = [...(this.#holders.get(part.digest) ?? [])];
    const isDeletedAlong = !isTagged && holders.every((holder) => this.#isLeaving(holder));
    this.#isCollateral.set(part.digest, isDeletedAlong);
    return isDeletedAlong;
  }

  #isLeaving(digest: Digest): boolean {
    const part = this.#parts.get(digest);
    return this.#leaving.has(digest) || (part !== undefined && this.#isDeletedAlong(part));
  }
}

/** Adds everything that can be reached from the images. */
function withLinked(images: Set<Digest>, links: ReadonlyMap<Digest, ReadonlySet<Digest>>): Set<Digest> {
  for (const digest of images) {
    links.get(digest)?.forEach((linked) => images.add(linked)); // the iteration includes digests that are added during it
  }
  return images;
}
