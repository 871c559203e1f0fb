import type { Digest } from '../digest';
import { currentTags, partsFirst, partsOf, type Image } from '../model';
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
    for (const image of partsFirst(inventory.filter(({ parts }) => parts !== undefined))) {
      this.#note(image);
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

  /**
   * Whether nothing that stays needs the part: neither a tag of its own, nor any image that contains it. Evaluated
   * without recursion, because parts may be nested to any depth.
   */
  #isDeletedAlong(part: Image): boolean {
    const left = [part];
    const begun = new Set<Digest>();
    for (let next = left.at(-1); next !== undefined; next = left.at(-1)) {
      const holders = this.#partHolders(next);
      const open = begun.has(next.digest)
        ? []
        : holders.filter(({ digest }) => !this.#isCollateral.has(digest) && !begun.has(digest));
      begun.add(next.digest);
      if (open.length > 0) {
        left.push(...open);
      } else {
        left.pop();
        this.#isCollateral.set(next.digest, this.#isUnneeded(next));
      }
    }
    return this.#isCollateral.get(part.digest) === true;
  }

  #isUnneeded(part: Image): boolean {
    const isTagged = part.role !== 'signature' && currentTags(part).length > 0;
    const holders = [...(this.#holders.get(part.digest) ?? [])];
    return (
      !isTagged &&
      holders.every((holder) => this.#leaving.has(holder) || this.#isCollateral.get(holder) === true)
    );
  }

  /** Images that contain the part and are parts themselves, so that they may be deleted along. */
  #partHolders({ digest }: Image): readonly Image[] {
    return [...(this.#holders.get(digest) ?? [])].flatMap((holder) =>
      this.#leaving.has(holder) ? [] : (this.#parts.get(holder) ?? []),
    );
  }
}

/** Adds everything that can be reached from the images. */
function withLinked(images: Set<Digest>, links: ReadonlyMap<Digest, ReadonlySet<Digest>>): Set<Digest> {
  for (const digest of images) {
    links.get(digest)?.forEach((linked) => images.add(linked)); // the iteration includes digests that are added during it
  }
  return images;
}
