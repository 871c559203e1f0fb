import { repositoriesOf } from '../hub/deletion/batches';
import { type DeletionPlan, planDeletion } from '../hub/deletion/plan';
import type { SelectionCriteria } from '../hub/deletion/imageSelection';
import { Protection, type ProtectionPattern } from '../hub/deletion/protection';
import type { PlannedImage } from '../hub/deletionRequest';
import type { Inventory } from '../hub/listing/inventory';
import { currentTags, type Image } from '../hub/model';
import { isSameRepository, type RepositoryRef } from '../hub/names';

/** The listings of repositories that a plan is prepared with. */
export interface PlanInventories {
  /** Proved to be complete. They become part of the plan. */
  readonly complete: readonly Inventory[];
  /**
   * Read only to compare protection patterns with the tags of a repository that is not among the complete ones. They may
   * lack images, so they do not become part of the plan.
   */
  readonly forProtection: readonly Inventory[];
}

/** What a plan is prepared from. */
export interface PlanInput extends Pick<
  DeletionPlan,
  'origin' | 'scope' | 'activeFrom' | 'protectionInForce'
> {
  /** What the plan leaves out: the protection in force when the planning began. */
  readonly protection: Protection;
  /** By which the images were selected, if they were. */
  readonly criteria?: SelectionCriteria | undefined;
  /** The images to delete, protected ones included. */
  readonly images: readonly PlannedImage[];
  /** If there is a protection pattern, they cover every repository of the images. */
  readonly inventories: PlanInventories;
  /** Repositories known to exist, on the server in use. */
  readonly knownRepositories: readonly RepositoryRef[];
}

/** A plan, and what to say about its protection. */
export interface PreparedPlan {
  /** Missing if every image is protected. */
  readonly plan: DeletionPlan | undefined;
  /** The images that the plan leaves out because they are protected. */
  readonly protectedImages: readonly PlannedImage[];
  /**
   * Protection patterns that match nothing in any repository of the images. Each may be misspelled. A pattern that names
   * another known repository is not among them.
   */
  readonly unmatchedPatterns: readonly ProtectionPattern[];
}

/**
 * Plans the deletion of the images that are not protected. It has no effects and sends no requests.
 *
 * @throws {RangeError} The inventories do not cover every repository for which the scope or a protection pattern
 * requires one.
 */
export function preparePlan(input: PlanInput): PreparedPlan {
  const { origin, scope, activeFrom, criteria, protection, protectionInForce, inventories } = input;
  const images: PlannedImage[] = [];
  const protectedImages: PlannedImage[] = [];
  for (const planned of input.images) {
    const isProtected = protection.protects(planned.repository, currentTags(planned.image));
    (isProtected ? protectedImages : images).push(planned);
  }
  const facts = {
    origin,
    scope,
    activeFrom,
    images,
    inventories: inventories.complete,
    protectionInForce,
    ...(criteria !== undefined && { criteria }),
  };
  return {
    plan: images.length === 0 ? undefined : planDeletion(facts),
    protectedImages,
    unmatchedPatterns: unmatchedPatternsOf(input),
  };
}

function unmatchedPatternsOf(input: PlanInput): readonly ProtectionPattern[] {
  const { images, inventories, protection, knownRepositories } = input;
  let unmatched = protection.patterns;
  if (unmatched.length === 0) {
    return []; // then no inventory is needed
  }
  for (const repository of repositoriesOf(images)) {
    const tags = imagesOf(repository, inventories).flatMap(currentTags);
    const unmatchedHere = new Set(protection.unmatched(repository, tags));
    unmatched = unmatched.filter(
      (pattern) =>
        unmatchedHere.has(pattern) && !namesAnotherRepository(pattern, repository, knownRepositories),
    );
  }
  return unmatched;
}

function imagesOf(repository: RepositoryRef, { complete, forProtection }: PlanInventories): readonly Image[] {
  const inventory = [...complete, ...forProtection].find((each) =>
    isSameRepository(each.repository, repository),
  );
  if (inventory === undefined) {
    throw new RangeError('protection patterns need a listing of every repository of the plan');
  }
  return inventory.images;
}

/** Whether the pattern is about known repositories other than this one, so that it need not match anything in it. */
function namesAnotherRepository(
  pattern: ProtectionPattern,
  repository: RepositoryRef,
  knownRepositories: readonly RepositoryRef[],
): boolean {
  const [repositoryPattern = ''] = pattern.split(':');
  const protection = new Protection([repositoryPattern]);
  return (
    !protection.protects(repository, []) && knownRepositories.some((known) => protection.protects(known, []))
  );
}
