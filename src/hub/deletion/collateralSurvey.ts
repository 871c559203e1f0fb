import type { Digest } from '../digest';
import { currentTags, historicalTags, type Image } from '../model';
import type { CollateralImage } from './collateral';
import { FallingParts } from './fallingParts';
import { imagesByDigest } from './imagesByDigest';

const noTags: ReadonlySet<string> = new Set();

/**
 * What falls with the planned images of one repository. Deleting a tagged image deletes its current tags, and with them
 * every untagged image that formerly held one of these; the API does not warn of it. With an image fall its parts, unless
 * another image that stays has them too. An image that has a current tag of its own stays, and so does one that is in the
 * plan itself.
 *
 * What an image that leaves the plan changes for others is found by its tags and parts, without a look at the others.
 */
export class CollateralSurvey {
  readonly #planned: Set<Digest>;
  readonly #listed: ReadonlyMap<Digest, Image>;
  readonly #toldTags: ReadonlyMap<Digest, readonly string[]>;
  /** Untagged images by each tag they once held. */
  readonly #formerHolders = new Map<string, Image[]>();
  /** Planned images by each tag that goes with them and that others once held. */
  readonly #losers = new Map<string, Digest[]>();
  readonly #parts: FallingParts;

  /**
   * @param inventory Every image of the repository.
   * @param toldTags Current tags of planned images as the dry run told them. They count beside those of the inventory:
   * the two are read one after the other, and a list may leave tags out.
   */
  constructor(
    planned: readonly Image[],
    inventory: readonly Image[],
    toldTags: ReadonlyMap<Digest, readonly string[]>,
  ) {
    this.#planned = new Set(planned.map(({ digest }) => digest));
    this.#listed = imagesByDigest(inventory);
    this.#toldTags = toldTags;
    this.#parts = new FallingParts(inventory, this.#planned);
    for (const image of inventory) {
      formerTagsOf(image).forEach((tag) => {
        push(this.#formerHolders, tag, image);
      });
    }
    for (const digest of this.#planned) {
      for (const tag of this.#fatalTags(digest)) {
        push(this.#losers, tag, digest);
      }
    }
  }

  /** What falls with an image of the plan; often nothing. */
  fallenWith(digest: Digest): readonly CollateralImage[] {
    const listed = this.#listed.get(digest);
    const parts = listed === undefined ? [] : this.#parts.of(listed);
    const byTag = this.#fallenByTag(digest);
    return byTag.length === 0 ? parts : [...parts, ...byTag];
  }

  /** @returns Images of the plan with which others may fall, now that these have left it. */
  remove(digests: readonly Digest[]): ReadonlySet<Digest> {
    digests.forEach((digest) => this.#planned.delete(digest));
    const concerned = new Set(this.#parts.holdersAfter(digests));
    for (const digest of digests) {
      const listed = this.#listed.get(digest);
      const tags = listed === undefined ? [] : formerTagsOf(listed);
      tags.flatMap((tag) => this.#losers.get(tag) ?? []).forEach((loser) => concerned.add(loser));
    }
    return new Set([...concerned].filter((digest) => this.#planned.has(digest)));
  }

  /** Tags that go with the image and that others once held, which are few: what falls is asked of every image at once. */
  #fatalTags(digest: Digest): ReadonlySet<string> {
    if (this.#formerHolders.size === 0) {
      return noTags;
    }
    const listed = this.#listed.get(digest);
    const current = listed === undefined ? [] : currentTags(listed);
    const lost = [...current, ...(this.#toldTags.get(digest) ?? [])];
    return new Set(lost.filter((tag) => this.#formerHolders.has(tag)));
  }

  #fallenByTag(digest: Digest): readonly CollateralImage[] {
    const tags = this.#fatalTags(digest);
    if (tags.size === 0) {
      return [];
    }
    const fallen = new Map<Digest, { readonly image: Image; readonly formerTags: string[] }>();
    for (const tag of tags) {
      for (const image of this.#formerHolders.get(tag) ?? []) {
        const known = fallen.get(image.digest);
        if (known !== undefined) {
          known.formerTags.push(tag);
        } else if (!this.#planned.has(image.digest)) {
          fallen.set(image.digest, { image, formerTags: [tag] });
        }
      }
    }
    return [...fallen.values()];
  }
}

/** Tags whose fall takes the image along: none while it has a current one. */
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
