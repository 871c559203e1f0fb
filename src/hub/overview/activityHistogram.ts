import { lastActivity } from '../activity';
import { currentTags, type Image } from '../model';
import { fitBins, startOfDay, type BinUnit } from './calendarBins';

/** Number of images with and without a current tag. */
export interface TagSplit {
  readonly tagged: number;
  readonly untagged: number;
}

/** Number of images whose last activity is at or after `from` and before `to`. */
export interface HistogramBin extends TagSplit {
  readonly from: Date;
  readonly to: Date;
}

/** Number of images whose last activity is at or after `at` and before the next step. */
export interface ActivityStep extends TagSplit {
  readonly at: Date;
}

/** Number of images of a repository by the time of their last activity. */
export interface ActivityHistogram {
  readonly activeFrom: Date;
  /** When it was created. Later activity is counted in {@link future}. */
  readonly now: Date;
  readonly unit: BinUnit;
  /** The bins also cover `activeFrom` and `now`. Empty if no image is in any bin. */
  readonly bins: readonly HistogramBin[];
  /**
   * The same images in smaller intervals, to count exactly how many were last active before `activeFrom` or before any
   * midnight (UTC): no interval has images on both sides of such an instant. In order of time; no interval is empty.
   */
  readonly steps: readonly ActivityStep[];
  /** Images whose last push and last pull are both unknown. */
  readonly unknown: TagSplit;
  /**
   * Images whose pulls are not known, in steps by their last known activity, which is in the past. They are active against
   * an `activeFrom` up to that, and unknown against a later one. None of them is in {@link bins} or {@link steps}.
   */
  readonly pullsUnknown: readonly ActivityStep[];
  /** Images whose last activity is in the future, so one of the clocks is wrong. */
  readonly future: TagSplit;
}

/**
 * Counts the images by the time of their last activity.
 *
 * @param images All images of one repository; images of unknown activity are counted separately.
 */
export function activityHistogram(
  images: readonly Image[],
  { activeFrom, now }: Pick<ActivityHistogram, 'activeFrom' | 'now'>,
): ActivityHistogram {
  const unknown = new Tally();
  const future = new Tally();
  const byStep = new Map<number, Tally>();
  const uncertainByStep = new Map<number, Tally>();
  for (const image of images) {
    const at = lastActivity(image)?.at;
    if (at === undefined) {
      unknown.add(image);
    } else if (at > now) {
      future.add(image);
    } else {
      const tallies = image.arePullsUnknown === true ? uncertainByStep : byStep;
      tallyOf(tallies, stepOf(at, activeFrom)).add(image);
    }
  }
  const steps = stepsOf(byStep);
  return {
    activeFrom,
    now,
    ...binsOf(steps, activeFrom, now),
    steps,
    unknown: unknown.split,
    pullsUnknown: stepsOf(uncertainByStep),
    future: future.split,
  };
}

class Tally {
  #tagged = 0;
  #untagged = 0;

  get split(): TagSplit {
    return { tagged: this.#tagged, untagged: this.#untagged };
  }

  add(image: Image): void {
    if (currentTags(image).length > 0) {
      this.#tagged += 1;
    } else {
      this.#untagged += 1;
    }
  }

  addAll({ tagged, untagged }: TagSplit): void {
    this.#tagged += tagged;
    this.#untagged += untagged;
  }
}

function tallyOf<Key>(tallies: Map<Key, Tally>, key: Key): Tally {
  const known = tallies.get(key);
  if (known !== undefined) {
    return known;
  }
  const tally = new Tally();
  tallies.set(key, tally);
  return tally;
}

function stepsOf(tallies: ReadonlyMap<number, Tally>): readonly ActivityStep[] {
  return [...tallies].sort(([a], [b]) => a - b).map(([at, { split }]) => ({ at: new Date(at), ...split }));
}

/** The start of the day (UTC), or `activeFrom` for activity at or after it on the same day, in milliseconds. */
function stepOf(at: Date, activeFrom: Date): number {
  const day = startOfDay(at);
  return (day < activeFrom && activeFrom <= at ? activeFrom : day).getTime();
}

function binsOf(
  steps: readonly ActivityStep[],
  activeFrom: Date,
  now: Date,
): Pick<ActivityHistogram, 'unit' | 'bins'> {
  const [first] = steps;
  if (first === undefined) {
    return { unit: 'day', bins: [] };
  }
  const { unit, edges } = fitBins(
    new Date(Math.min(first.at.getTime(), activeFrom.getTime())),
    new Date(Math.max(now.getTime(), activeFrom.getTime())),
  );
  const tallies = edges.slice(1).map(() => new Tally());
  for (const step of steps) {
    tallies[edges.findLastIndex((edge) => edge <= step.at)]?.addAll(step);
  }
  const bins = tallies.map(({ split }, index) => ({
    from: edges[index] ?? now,
    to: edges[index + 1] ?? now,
    ...split,
  }));
  return { unit, bins };
}
