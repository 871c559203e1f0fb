import { imageKey, type ImageKey, type PlannedImage } from '../deletionRequest';
import type { Inventory } from '../listing/inventory';
import { formatRepository, type RepositoryRef } from '../names';
import { repositoriesOf } from './batches';
import { Protection } from './protection';

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
