import type { Digest } from '../digest';
import { currentTags, partsOf, type Image } from '../model';
import type { CollateralImage } from './collateral';

const none: readonly CollateralImage[] = [];

type Leaving = Pick<ReadonlySet<Digest>, 'has'>;

/** Which parts of images fall when some images of a repository go. */
export class CollateralParts {
  readonly #leaving: Leaving;
  /** What each part belongs to. */
  readonly #holders = new Map<Digest, Set<Digest>>();
  /** What belongs to each image. */
  readonly #children = new Map<Digest, Set<Digest>>();
  readonly #parts = new Map<Digest, Image>();
  readonly #isCollateral = new Map<Digest, boolean>();

  /**
   * @param inventory Every image of the repository.
   * @param leaving Digests of those that go. They may lose some later; {@link holdersAfter} is told of them.
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

  /** Parts that fall with the image, and theirs. Those that go anyway are not among them. */
  of(image: Image): readonly CollateralImage[] {
    if (image.parts === undefined) {
      return none;
    }
    return partsOf(image)
      .filter((part) => !this.#leaving.has(part.digest) && this.#isDeletedAlong(part))
      .map((part) => ({ image: part, formerTags: [] }));
  }

  /**
   * To be told which images do not go any more.
   *
   * @returns Images with which other parts may fall now.
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

  /** Digests name content, so nothing can be a part of itself, however far down. */
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

/** The images, and all that can be reached from them. */
function withLinked(images: Set<Digest>, links: ReadonlyMap<Digest, ReadonlySet<Digest>>): Set<Digest> {
  for (const digest of images) {
    links.get(digest)?.forEach((linked) => images.add(linked)); // a set goes on with what is added on the way
  }
  return images;
}
