import type { Digest } from '../digest';
import type { Inventory } from '../inventory';
import { currentTags, type Image } from '../model';
import { formatRepository, type RepositoryRef } from '../names';
import { Protection } from './protection';

/** `namespace/name@digest`: one image among several repositories. */
export type ImageKey = `${string}/${string}@${string}`;

export function imageKey(repository: RepositoryRef, digest: Digest): ImageKey {
  return `${repository.namespace}/${repository.name}@${digest}`;
}

/** An image that is to go, as it was when the plan was made. */
export interface PlannedImage {
  readonly repository: RepositoryRef;
  readonly image: Image;
}

/**
 * How the images were chosen.
 *
 * - `chosen`: by a person, one by one
 * - `matching`: by what they are like, over whole repositories; nobody has looked at each
 */
export type PlanScope = 'chosen' | 'matching';

/** What is to be deleted, and the instant that decides what counts as active in all of its requests. */
export interface DeletionPlan {
  /** Origin of the server the images were listed on; the plan is for no other. */
  readonly origin: string;
  readonly scope: PlanScope;
  /** The server's default moves with the clock, so listing, dry run and deletion all send this one. */
  readonly activeFrom: Date;
  /** Each image once. */
  readonly images: readonly PlannedImage[];
  /** Complete listings of repositories of the images; a plan of images that a person chose may have none. */
  readonly inventories: readonly Inventory[];
  /** What must stay, whatever is accepted. */
  readonly protection: Protection;
}

/** What a plan is made of. */
export interface PlanFacts extends Pick<DeletionPlan, 'origin' | 'scope' | 'activeFrom'> {
  readonly images: Iterable<PlannedImage>;
  readonly inventories?: readonly Inventory[];
  readonly protection?: Protection;
}

/** One `delete-images` call: images of a single repository, no more than the server takes at once. */
export interface DeletionRequest {
  readonly repository: RepositoryRef;
  readonly activeFrom: Date;
  readonly digests: readonly Digest[];
}

/**
 * @throws {RangeError} There is no image to delete, or images were chosen by what they are like without a complete
 * listing of their repository.
 */
export function planDeletion(facts: PlanFacts): DeletionPlan {
  const { images, inventories = [], protection = Protection.none, ...rest } = facts;
  const unique = new Map<ImageKey, PlannedImage>();
  for (const planned of images) {
    unique.set(imageKey(planned.repository, planned.image.digest), planned);
  }
  if (unique.size === 0) {
    throw new RangeError('a plan needs at least one image');
  }
  const plan = { ...rest, images: [...unique.values()], inventories, protection };
  const surveyed = new Set(inventories.map(({ repository }) => formatRepository(repository)));
  const isSurveyed = (repository: RepositoryRef) => surveyed.has(formatRepository(repository));
  if (plan.scope !== 'chosen' && !repositoriesOf(plan.images).every(isSurveyed)) {
    throw new RangeError('a plan over a whole repository needs its complete inventory');
  }
  return plan;
}

/** The images by repository, in order of first appearance. */
function byRepository(images: readonly PlannedImage[]): readonly (readonly PlannedImage[])[] {
  const groups = new Map<string, PlannedImage[]>();
  for (const planned of images) {
    const name = formatRepository(planned.repository);
    const group = groups.get(name);
    if (group === undefined) {
      groups.set(name, [planned]);
    } else {
      group.push(planned);
    }
  }
  return [...groups.values()];
}

/** The repositories of the images, each once, in order of first appearance. */
export function repositoriesOf(images: readonly PlannedImage[]): readonly RepositoryRef[] {
  return byRepository(images).flatMap(([first]) => first?.repository ?? []);
}

/** Images of a single repository, for one request. */
export type Batch = readonly [PlannedImage, ...PlannedImage[]];

/**
 * The images in groups that one request each can carry: a single repository and at most `batchSize` images.
 *
 * @param isTagged Whether a current tag points at the image, as far as is known by now.
 */
export function batchesOf(
  images: readonly PlannedImage[],
  batchSize: number,
  isTagged: (planned: PlannedImage) => boolean = wasTagged,
): readonly Batch[] {
  const batches: Batch[] = [];
  for (const group of byRepository(images)) {
    const ordered = untaggedFirst(group, isTagged);
    for (let start = 0; start < ordered.length; start += batchSize) {
      const [first, ...others] = ordered.slice(start, start + batchSize);
      if (first !== undefined) {
        batches.push([first, ...others]);
      }
    }
  }
  return batches;
}

/**
 * Deleting a tagged image takes untagged images that formerly held its tags along. If those stood in a later
 * request of the same plan, that request would be refused as a whole for images that are already gone.
 */
function untaggedFirst(
  images: readonly PlannedImage[],
  isTagged: (planned: PlannedImage) => boolean,
): readonly PlannedImage[] {
  return [...images.filter((planned) => !isTagged(planned)), ...images.filter(isTagged)];
}

function wasTagged({ image }: PlannedImage): boolean {
  return currentTags(image).length > 0;
}
