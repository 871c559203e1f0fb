import { lastActivity } from '../activity';
import type { Digest } from '../digest';
import type { Inventory } from '../listing/inventory';
import { type ActivityStatus, currentTags, type Image } from '../model';
import { globOf } from './glob';

/** What images are like that are to be selected: all of it has to hold, and what is missing does not matter. */
export interface SelectionCriteria {
  readonly status?: ActivityStatus | undefined;
  readonly tagging?: 'tagged' | 'untagged' | undefined;
  /** Globs. An image has current tags, and each matches one of them: the deletion takes them all. */
  readonly tagPatterns?: readonly string[] | undefined;
  readonly pushedBefore?: Date | undefined;
  /** Of the images that all else holds for, so many that were pushed last are not selected. */
  readonly keepNewest?: number | undefined;
}

/**
 * Why an image is left out of a selection that nobody looks through:
 *
 * - `unknownActivity`: neither its last push nor its last pull is known
 * - `futureActivity`: its last activity lies ahead, so one of the clocks is wrong
 * - `contradictsServer`: its own times say that it is active, though the server calls it inactive
 * - `unknownPush`: its age is asked for, and when it was pushed is not known
 * - `otherTags`: it has tags that match and others that do not
 */
export type ProtectionReason =
  'unknownActivity' | 'futureActivity' | 'contradictsServer' | 'unknownPush' | 'otherTags';

export interface ProtectedImage {
  readonly image: Image;
  readonly reason: ProtectionReason;
}

export interface ImageSelection {
  /** In the order of the inventory. */
  readonly selected: readonly Image[];
  /** Those that may match, but not beyond doubt. */
  readonly protectedImages: readonly ProtectedImage[];
  /** How many match and stay for being the newest. */
  readonly retainedCount: number;
}

/** The images of a complete inventory that match beyond doubt, and those left out because they do not. */
export function selectImages(inventory: Inventory, criteria: SelectionCriteria, now: Date): ImageSelection {
  const matching: Image[] = [];
  const protectedImages: ProtectedImage[] = [];
  const judge = judgeOf(criteria, inventory.activeFrom, now);
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
    retainedCount: newest.size,
  };
}

type Verdict = 'matches' | 'differs' | ProtectionReason;

function judgeOf(criteria: SelectionCriteria, activeFrom: Date, now: Date): (image: Image) => Verdict {
  const tagVerdict = tagJudgeOf(criteria);
  return (image) => {
    const verdicts = [statusVerdict(image, criteria), tagVerdict(image), ageVerdict(image, criteria)];
    if (verdicts.includes('differs')) {
      return 'differs';
    }
    return (
      doubtAbout(image, activeFrom, now) ?? verdicts.find((verdict) => verdict !== 'matches') ?? 'matches'
    );
  };
}

/** An image of unknown activity may be inactive. */
function statusVerdict(image: Image, { status }: SelectionCriteria): Verdict {
  const isActive = image.status === 'active';
  return status === undefined || (status === 'active') === isActive ? 'matches' : 'differs';
}

function tagJudgeOf({ tagging, tagPatterns = [] }: SelectionCriteria): (image: Image) => Verdict {
  const matchers = tagPatterns.map(globOf);
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
  return lastPushed < pushedBefore ? 'matches' : 'differs';
}

/** Of an active image there is none: whoever selects it is warned by the dry run. */
function doubtAbout(image: Image, activeFrom: Date, now: Date): ProtectionReason | undefined {
  if (image.status === 'active') {
    return undefined;
  }
  const activity = lastActivity(image);
  if (activity === undefined) {
    return 'unknownActivity';
  }
  if (activity.at > now) {
    return 'futureActivity';
  }
  return activity.at >= activeFrom ? 'contradictsServer' : undefined;
}

/** Those pushed last; one of which that is not known may be the newest of all. */
function newestOf(images: readonly Image[], count: number): ReadonlySet<Digest> {
  const pushedAt = ({ lastPushed }: Image) => lastPushed?.getTime() ?? Number.MAX_SAFE_INTEGER;
  const newestFirst = count === 0 ? [] : [...images].sort((a, b) => pushedAt(b) - pushedAt(a));
  return new Set(newestFirst.slice(0, count).map(({ digest }) => digest));
}
