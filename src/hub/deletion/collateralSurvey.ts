import type { Digest } from '../digest';
import { currentTags, historicalTags, type Image } from '../model';
import type { CollateralImage } from './collateral';
import { CollateralParts } from './collateralParts';
import { imagesByDigest } from './imagesByDigest';

/**
 * What falls with the planned images of one repository. Deleting a tagged image deletes its current tags, and with them
 * every untagged image that formerly held one of these; the API does not warn of it. With an image fall its parts, unless
 * another image that stays has them too. An image that has a current tag of its own stays, and so does one that is in the
 * plan itself.
 *
 * What an image that leaves the plan changes for others is found by its tags and parts, without a look at the others.
 */
export class CollateralSurvey {
  readonly #planned = new Set<Digest>();
  readonly #listed: ReadonlyMap<Digest, Image>;
  /** Untagged images by each tag they once held. */
  readonly #formerHolders = new Map<string, Image[]>();
  /** Of planned images, tags that go with them and that others once held; of most there are none. */
  readonly #sharedTagsByImage = new Map<Digest, ReadonlySet<string>>();
  /** The same the other way round. */
  readonly #imagesByTag = new Map<string, Digest[]>();
  /** Planned images that have parts. */
  readonly #holders: readonly Digest[];
  readonly #parts: CollateralParts;

  /**
   * @param planned Each planned image with its current tags as the dry run told them. These count beside those of the
   * inventory: the two are read one after the other, and a list may leave tags out.
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
      .filter(({ digest, parts }) => parts !== undefined && this.#planned.has(digest))
      .map(({ digest }) => digest);
  }

  /** Images of the plan with which others may fall. With those that are not among them, nothing does. */
  get imagesWithCollateral(): ReadonlySet<Digest> {
    return this.#stillPlanned(new Set([...this.#holders, ...this.#sharedTagsByImage.keys()]));
  }

  /** What falls with an image of the plan; often nothing. */
  deletedAlongWith(digest: Digest): readonly CollateralImage[] {
    const listed = this.#listed.get(digest);
    const parts = listed === undefined ? [] : this.#parts.of(listed);
    const byTag = this.#deletedAlongByTag(digest);
    return byTag.length === 0 ? parts : [...parts, ...byTag];
  }

  /** @returns Images of the plan with which others may fall, now that these have left it. */
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
 * What falls with each planned image of one repository, as {@link CollateralSurvey} tells it.
 *
 * @param inventory Every image of the repository.
 * @returns Only images that take others along.
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
