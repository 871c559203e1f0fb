import { lastActivity } from '../activity';
import type { Digest } from '../digest';
import type { Inventory } from '../listing/inventory';
import { type ActivityStatus, currentTags, type Image, type ImageDoubt } from '../model';
import { globOf } from './glob';
import { referenceJudgeOf, type WorkspaceReferences } from './referenceCriterion';

/** Criteria that an image has to meet to be selected. All that are set must hold; `undefined` means any. */
export interface SelectionCriteria {
  readonly status?: ActivityStatus | undefined;
  readonly tagging?: 'tagged' | 'untagged' | undefined;
  /** Globs. The image must have current tags, and each of them must match, because all are deleted with the image. */
  readonly tagPatterns?: readonly string[] | undefined;
  readonly pushedBefore?: Date | undefined;
  /** What was found in the workspace when the images were selected. Nothing of it must refer to the image. */
  readonly unreferencedIn?: WorkspaceReferences | undefined;
  /** Number of images, those pushed last, that are not selected although all other criteria hold. */
  readonly keepNewest?: number | undefined;
}

/**
 * Why an image is left out of a selection that is not reviewed image by image:
 *
 * - `unknownActivity`: neither its last push nor its last pull is known
 * - `futureActivity`: its last activity is in the future, so one of the clocks is wrong
 * - `contradictsServer`: its own times make it active, but the server reports it as inactive
 * - `unknownPush`: there is a criterion for its age, but the time of its last push is not known
 * - `otherTags`: some of its tags match and others do not
 * - `maybeReferenced`: a line in the workspace may refer to it, but not for certain
 * - `disputed`: the server's lists disagree about which image one of its tags points at
 * - `undetermined`: it may belong to another image
 */
export type ProtectionReason =
  | 'unknownActivity'
  | 'futureActivity'
  | 'contradictsServer'
  | 'unknownPush'
  | 'otherTags'
  | 'maybeReferenced'
  | ImageDoubt;

/** An image left out of a selection, and why. */
export interface ProtectedImage {
  readonly image: Image;
  readonly reason: ProtectionReason;
}

/** The result of {@link selectImages}. */
export interface ImageSelection {
  /** In the order of the inventory. */
  readonly selected: readonly Image[];
  /** Images that may match, but not certainly. */
  readonly protectedImages: readonly ProtectedImage[];
  /** Images that match but are not selected because they are the newest. */
  readonly retained: readonly Image[];
}

/**
 * Selects the images of a complete inventory that certainly match.
 *
 * @param now Used to recognize activity in the future.
 */
export function selectImages(inventory: Inventory, criteria: SelectionCriteria, now: Date): ImageSelection {
  const matching: Image[] = [];
  const protectedImages: ProtectedImage[] = [];
  const judge = judgeOf(criteria, inventory, now);
  for (const image of inventory.images) {
    const verdict = judge(image);
    if (verdict === 'matches') {
      matching.push(image);
    } else if (verdict !== 'differs') {
      protectedImages.push({ image, reason: verdict });
    }
  }
  const newest = newestOf(matching, criteria.keepNewest ?? 0);
  return {
    selected: matching.filter(({ digest }) => !newest.has(digest)),
    protectedImages,
    retained: matching.filter(({ digest }) => newest.has(digest)),
  };
}

/**
 * Returns whether an image certainly matches, were it not for the number of the newest that stay.
 *
 * @param now As for {@link selectImages}.
 */
export function matcherOf(
  criteria: SelectionCriteria,
  inventory: Inventory,
  now: Date,
): (image: Image) => boolean {
  const judge = judgeOf(criteria, inventory, now);
  return (image) => judge(image) === 'matches';
}

type Verdict = 'matches' | 'differs' | ProtectionReason;

function judgeOf(criteria: SelectionCriteria, inventory: Inventory, now: Date): (image: Image) => Verdict {
  const tagVerdict = tagJudgeOf(criteria);
  const { unreferencedIn } = criteria;
  const referenceVerdict =
    unreferencedIn === undefined ? () => 'matches' as const : referenceJudgeOf(unreferencedIn, inventory);
  return (image) => {
    const byTags = tagVerdict(image);
    const byAge = ageVerdict(image, criteria);
    if (statusVerdict(image, criteria) === 'differs' || byTags === 'differs' || byAge === 'differs') {
      return 'differs';
    }
    const byReferences = referenceVerdict(image);
    if (byReferences === 'differs') {
      return 'differs';
    }
    const doubt = image.doubt ?? doubtAbout(image, inventory.activeFrom, now);
    return doubt ?? [byTags, byAge, byReferences].find((verdict) => verdict !== 'matches') ?? 'matches';
  };
}

/** An image of unknown activity counts as possibly inactive. */
function statusVerdict(image: Image, { status }: SelectionCriteria): Verdict {
  const isActive = image.status === 'active';
  return status === undefined || (status === 'active') === isActive ? 'matches' : 'differs';
}

function tagJudgeOf({ tagging, tagPatterns = [] }: SelectionCriteria): (image: Image) => Verdict {
  const matchers = tagPatterns.map(globOf);
  if (tagging === undefined && matchers.length === 0) {
    return () => 'matches';
  }
  return (image) => {
    const tags = currentTags(image);
    if (tagging !== undefined && (tagging === 'tagged') !== tags.length > 0) {
      return 'differs';
    }
    if (matchers.length === 0) {
      return 'matches';
    }
    const matched = tags.filter((tag) => matchers.some((isMatch) => isMatch(tag)));
    if (matched.length === 0) {
      return 'differs';
    }
    return matched.length === tags.length ? 'matches' : 'otherTags';
  };
}

function ageVerdict({ lastPushed }: Image, { pushedBefore }: SelectionCriteria): Verdict {
  if (pushedBefore === undefined) {
    return 'matches';
  }
  if (lastPushed === undefined) {
    return 'unknownPush';
  }
  return lastPushed.getTime() < pushedBefore.getTime() ? 'matches' : 'differs';
}

/** Active images are never in doubt: the dry run warns about them. */
function doubtAbout(image: Image, activeFrom: Date, now: Date): ProtectionReason | undefined {
  if (image.status === 'active') {
    return undefined;
  }
  const activity = lastActivity(image);
  if (activity === undefined || image.arePullsUnknown === true) {
    return 'unknownActivity';
  }
  const at = activity.at.getTime(); // comparing the dates themselves takes many times as long
  if (at > now.getTime()) {
    return 'futureActivity';
  }
  return at >= activeFrom.getTime() ? 'contradictsServer' : undefined;
}

/** The images pushed last. One whose push time is unknown counts as the newest, since it may be. */
function newestOf(images: readonly Image[], count: number): ReadonlySet<Digest> {
  const pushedAt = ({ lastPushed }: Image) => lastPushed?.getTime() ?? Number.MAX_SAFE_INTEGER;
  const newestFirst = count === 0 ? [] : [...images].sort((a, b) => pushedAt(b) - pushedAt(a));
  return new Set(newestFirst.slice(0, count).map(({ digest }) => digest));
}
