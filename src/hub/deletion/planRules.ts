import type { PlannedImage } from '../deletionRequest';
import type { Digest } from '../digest';
import { type Blocker, isRuleBlocker } from '../findings';
import type { Inventory } from '../listing/inventory';
import { currentTags, type Image, partsOf } from '../model';
import type { Collateral, CollateralImage } from './collateral';
import { imagesByDigest } from './imagesByDigest';
import { matcherOf, selectImages, type SelectionCriteria } from './imageSelection';
import type { DeletionPlan } from './plan';
import type { Protection } from './protection';
import { type ReviewEntry, reportedTags } from './reviewEntry';

/** The criteria of a plan, applied to the images of one repository as a check has read them. */
export interface FreshSelection {
  /** Whether a listed image still matches and is not one of the newest that stay. */
  readonly isSelected: (image: Image, warnings: ReviewEntry['warnings']) => boolean;
  /**
   * Whether an image that stands for itself may be deleted along with a planned one: it is not one of the newest that stay, and
   * its status and age are as the criteria want them.
   */
  readonly mayGoAlong: (image: Image) => boolean;
}

/** What is known of the repository of a planned image beyond the dry run. */
export interface RepositoryFacts {
  /** `undefined` if its images could not be listed in full. */
  readonly inventory: Inventory | undefined;
  /** `undefined` if the plan has no criteria, or there is no inventory. */
  readonly selection: FreshSelection | undefined;
}

/**
 * What no acceptance overrides: the protection that was in force when this was created, and the criteria of the plan. Both
 * apply to the planned images and to everything that is deleted along with them.
 */
export class PlanRules {
  readonly #protection: Protection;
  readonly #criteria: SelectionCriteria | undefined;

  /** @throws {Error} What the plan says if it is not known what is protected. */
  constructor({ protectionInForce, criteria }: Pick<DeletionPlan, 'protectionInForce' | 'criteria'>) {
    this.#protection = protectionInForce();
    this.#criteria = criteria;
  }

  /** Whether no image can break a rule. */
  get isEmpty(): boolean {
    return this.#protection.patterns.length === 0 && this.#criteria === undefined;
  }

  /**
   * Applies the criteria to a complete list.
   *
   * @param entries Planned images of the repository. What the dry run reported of them counts in addition to the list,
   * because the two are read at different times.
   */
  select(inventory: Inventory, entries: readonly ReviewEntry[]): FreshSelection | undefined {
    const criteria = this.#criteria;
    if (criteria === undefined) {
      return undefined;
    }
    const { activeFrom } = inventory;
    const now = activeFrom; // an inactive image with a later activity is doubtful, be it in the future or not
    const retained = retainedOf(inventory, entries, criteria, now);
    const isMatch = matcherOf(criteria, inventory, now);
    const { status, pushedBefore } = criteria;
    const isAnyAllowed = status === undefined && pushedBefore === undefined;
    const isMatchAlong = matcherOf({ status, pushedBefore }, inventory, now);
    return {
      isSelected: (image, warnings) => isMatch(withWarnings(image, warnings)) && !retained.has(image.digest),
      mayGoAlong: (image) => !retained.has(image.digest) && (isAnyAllowed || isMatchAlong(image)),
    };
  }

  /** What the dry run alone tells: whether the tags of an image are protected. */
  blockersByTags(planned: PlannedImage, warnings: ReviewEntry['warnings']): readonly Blocker[] {
    return this.#isProtected(planned, reportedTags(warnings)) ? [blocker(planned, 'protected')] : [];
  }

  /** Everything that speaks against the deletion of an image, each kind once. */
  blockersOf(entry: ReviewEntry, { inventory, selection }: RepositoryFacts): readonly Blocker[] {
    const { planned, warnings, collateral } = entry;
    const listed = inventory && imagesByDigest(inventory.images).get(planned.image.digest);
    const along = alongWith(planned, collateral?.collateral);
    const isProtected = this.#isProtected(planned, reportedTags(warnings), listed);
    const byProtection = isProtected
      ? [blocker(planned, 'protected')]
      : blockersAlong(planned, 'protected', along, ({ image }) => this.#isProtectedAlong(planned, image));
    if (this.#criteria === undefined) {
      return byProtection;
    }
    const byCriteria = criteriaBlockers(entry, listed, along, selection);
    return byProtection.length === 0 ? byCriteria : [...byProtection, ...byCriteria];
  }

  /** Tags at the time of planning count as well: what was protected then is not deleted for having lost its tag. */
  #isProtected({ repository, image }: PlannedImage, reported: readonly string[], listed?: Image): boolean {
    return (
      this.#protection.patterns.length > 0 &&
      this.#protection.protects(repository, [
        ...currentTags(image),
        ...reported,
        ...(listed === undefined ? [] : currentTags(listed)),
      ])
    );
  }

  #isProtectedAlong({ repository }: PlannedImage, image: Image): boolean {
    return this.#protection.protects(repository, currentTags(image));
  }
}

function criteriaBlockers(
  { planned, warnings, blockers }: ReviewEntry,
  listed: Image | undefined,
  along: readonly CollateralImage[],
  selection: FreshSelection | undefined,
): readonly Blocker[] {
  if (selection === undefined || listed === undefined || !selection.isSelected(listed, warnings)) {
    const isExplained = listed === undefined && blockers.some((each) => !isRuleBlocker(each)); // it is gone, for example
    return isExplained ? [] : [blocker(planned, 'noLongerMatches')];
  }
  return blockersAlong(
    planned,
    'noLongerMatches',
    along,
    ({ image }) => !isPart(image, along) && !selection.mayGoAlong(image),
  );
}

/** One array for all images without any, because every image of a plan is judged right after the last answer. */
const none: readonly never[] = [];

/** A part cannot stay without the image that it belongs to, so the criteria do not apply to it. */
function isPart({ digest }: Image, along: readonly CollateralImage[]): boolean {
  return along.some(({ image, formerTags }) => image.digest === digest && formerTags.length === 0);
}

/** What is deleted along. If nobody knows, it is at least what belonged to the image when the plan was made. */
function alongWith({ image }: PlannedImage, collateral: Collateral | undefined): readonly CollateralImage[] {
  switch (collateral?.kind) {
    case undefined:
      return none;
    case 'known':
      return collateral.images;
    case 'unknown':
      return partsOf(image).map((part) => ({ image: part, formerTags: [] }));
  }
}

function blockersAlong(
  planned: PlannedImage,
  error: Blocker['error'],
  along: readonly CollateralImage[],
  isReason: (one: CollateralImage) => boolean,
): readonly Blocker[] {
  const reason = along.length === 0 ? undefined : along.find(isReason);
  return reason === undefined ? none : [{ ...blocker(planned, error), deletedAlong: reason.image }];
}

function blocker({ repository, image }: PlannedImage, error: Blocker['error']): Blocker {
  return { repository: repository.name, digest: image.digest, error };
}

/** The newest of all images that match; sorting them is worth it only if some are to stay. */
function retainedOf(
  inventory: Inventory,
  entries: readonly ReviewEntry[],
  criteria: SelectionCriteria,
  now: Date,
): ReadonlySet<Digest> {
  if (criteria.keepNewest === undefined) {
    return new Set();
  }
  const warnings = new Map(entries.map((entry) => [entry.planned.image.digest, entry.warnings]));
  const images = inventory.images.map((image) => withWarnings(image, warnings.get(image.digest) ?? []));
  const { retained } = selectImages({ ...inventory, images }, criteria, now);
  return new Set(retained.map(({ digest }) => digest));
}

function withWarnings(image: Image, warnings: ReviewEntry['warnings']): Image {
  if (warnings.length === 0) {
    return image;
  }
  const isActive = warnings.some(({ warning }) => warning.warning === 'is_active');
  // A listed tag may be there twice: no criterion counts tags.
  const reported = reportedTags(warnings).map((name) => ({ name, isCurrent: true }));
  return { ...image, status: isActive ? 'active' : image.status, tags: [...image.tags, ...reported] };
}
