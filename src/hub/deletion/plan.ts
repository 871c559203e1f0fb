import { imageKey, type ImageKey, type PlannedImage } from '../deletionRequest';
import type { Inventory } from '../listing/inventory';
import { formatRepository, type RepositoryRef } from '../names';
import { repositoriesOf } from './batches';
import type { SelectionCriteria } from './imageSelection';
import { Protection } from './protection';

/**
 * How the images were selected:
 *
 * - `chosen`: by a person, one by one
 * - `matching`: by criteria, over whole repositories; nobody has looked at each image
 */
export type PlanScope = 'chosen' | 'matching';

/** The images to delete, and the instant from which an image counts as active in all of its requests. */
export interface DeletionPlan {
  /** Origin of the server on which the images were listed; the plan is valid for no other. */
  readonly origin: string;
  readonly scope: PlanScope;
  /** Sent with every listing, dry run and deletion, because the server's default changes with the time. */
  readonly activeFrom: Date;
  /** Each image once. */
  readonly images: readonly PlannedImage[];
  /** Complete listings of the repositories; may be missing for images that were chosen one by one. */
  readonly inventories: readonly Inventory[];
  /** By which the images were selected; `undefined` for images that were chosen one by one. */
  readonly criteria: SelectionCriteria | undefined;
  /** Returns what must never be deleted at the moment of the call, whatever is accepted. */
  readonly protectionInForce: () => Protection;
}

/** The arguments of {@link planDeletion}. Without a protection nothing is protected. */
export interface PlanFacts extends Pick<DeletionPlan, 'origin' | 'scope' | 'activeFrom'> {
  readonly images: Iterable<PlannedImage>;
  readonly inventories?: readonly Inventory[];
  readonly criteria?: SelectionCriteria;
  readonly protectionInForce?: () => Protection;
}

/**
 * Creates a plan, with each image once.
 *
 * @throws {RangeError} There is no image, or the scope and the criteria do not belong together, or images were selected by
 * criteria without a complete listing of their repository.
 */
export function planDeletion(facts: PlanFacts): DeletionPlan {
  const { images, inventories = [], criteria, protectionInForce = () => Protection.none, ...rest } = facts;
  const unique = new Map<ImageKey, PlannedImage>();
  for (const planned of images) {
    unique.set(imageKey(planned.repository, planned.image.digest), planned);
  }
  if (unique.size === 0) {
    throw new RangeError('a plan needs at least one image');
  }
  if ((rest.scope === 'matching') !== (criteria !== undefined)) {
    throw new RangeError('a plan has criteria exactly if its images were selected by them');
  }
  const plan = { ...rest, images: [...unique.values()], inventories, criteria, protectionInForce };
  const surveyed = new Set(inventories.map(({ repository }) => formatRepository(repository)));
  const isSurveyed = (repository: RepositoryRef) => surveyed.has(formatRepository(repository));
  if (plan.scope !== 'chosen' && !repositoriesOf(plan.images).every(isSurveyed)) {
    throw new RangeError('a plan over a whole repository needs its complete inventory');
  }
  return plan;
}
