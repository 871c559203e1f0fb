import type { Digest } from '../digest';
import { currentTags, historicalTags, type Image } from '../model';
import type { CollateralImage } from './collateral';
import { FallingParts } from './collateralParts';
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
  readonly #fatalTags = new Map<Digest, ReadonlySet<string>>();
  /** The same the other way round. */
  readonly #losers = new Map<string, Digest[]>();
  /** Planned images that have parts. */
  readonly #holders: readonly Digest[];
  readonly #parts: FallingParts;

  /**
   * @param planned Each planned image with its current tags as the dry run told them. These count beside those of the
   * inventory: the two are read one after the other, and a list may leave tags out.
   * @param inventory Every image of the repository.
   */
  constructor(planned: Iterable<readonly [Digest, readonly string[]]>, inventory: readonly Image[]) {
    this.#listed = imagesByDigest(inventory);
    this.#parts = new FallingParts(inventory, this.#planned);
    for (const image of inventory) {
      formerTagsOf(image).forEach((tag) => {
        push(this.#formerHolders, tag, image);
      });
    }
    for (const [digest, toldTags] of planned) {
      this.#planned.add(digest);
      if (this.#formerHolders.size > 0) {
        this.#noteFatalTags(digest, toldTags);
      }
    }
    this.#holders = inventory
      .filter(({ digest, parts }) => parts !== undefined && this.#planned.has(digest))
      .map(({ digest }) => digest);
  }

  /** Images of the plan with which others may fall. With those that are not among them, nothing does. */
  get takers(): ReadonlySet<Digest> {
    return this.#stillPlanned(new Set([...this.#holders, ...this.#fatalTags.keys()]));
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
    return this.#stillPlanned(concerned);
  }

  #stillPlanned(digests: ReadonlySet<Digest>): ReadonlySet<Digest> {
    return new Set([...digests].filter((digest) => this.#planned.has(digest)));
  }

  #noteFatalTags(digest: Digest, toldTags: readonly string[]): void {
    const listed = this.#listed.get(digest);
    const lost = listed === undefined ? toldTags : [...currentTags(listed), ...toldTags];
    const fatal = new Set(lost.filter((tag) => this.#formerHolders.has(tag)));
    if (fatal.size > 0) {
      this.#fatalTags.set(digest, fatal);
      fatal.forEach((tag) => {
        push(this.#losers, tag, digest);
      });
    }
  }

  #fallenByTag(digest: Digest): readonly CollateralImage[] {
    const tags = this.#fatalTags.get(digest);
    if (tags === undefined) {
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
