import { lastActivity } from '../activity';
import { currentTags, type Image } from '../model';
import { fitBins, startOfDay, type BinUnit } from './calendarBins';

/** Images with and without a current tag. */
export interface TagSplit {
  readonly tagged: number;
  readonly untagged: number;
}

/** Images whose last activity lies at or after `from` and before `to`. */
export interface HistogramBin extends TagSplit {
  readonly from: Date;
  readonly to: Date;
}

/** Images whose last activity lies at or after `at` and before the next step. */
export interface ActivityStep extends TagSplit {
  readonly at: Date;
}

/** The images of a repository by their last activity. */
export interface ActivityHistogram {
  readonly activeFrom: Date;
  /** When it was made; what is later is {@link future}. */
  readonly now: Date;
  readonly unit: BinUnit;
  /** They cover `activeFrom` and `now`, too. None where no image is in them. */
  readonly bins: readonly HistogramBin[];
  /**
   * The same images, so finely that it can be counted exactly how many lie before `activeFrom` or before any midnight of
   * UTC: no step begins on one side of such an instant and has images on the other. In order of time, none is empty.
   */
  readonly steps: readonly ActivityStep[];
  /** Neither their last push nor their last pull is known. */
  readonly unknown: TagSplit;
  /** Their last activity lies ahead, so one of the clocks is wrong. */
  readonly future: TagSplit;
}

/** Counts the images by the time of their last activity. */
export function activityHistogram(
  images: readonly Image[],
  { activeFrom, now }: Pick<ActivityHistogram, 'activeFrom' | 'now'>,
): ActivityHistogram {
  const unknown = new Tally();
  const future = new Tally();
  const byStep = new Map<number, Tally>();
  for (const image of images) {
    const at = lastActivity(image)?.at;
    if (at === undefined) {
      unknown.add(image);
    } else if (at > now) {
      future.add(image);
    } else {
      tallyOf(byStep, stepOf(at, activeFrom)).add(image);
    }
  }
  const steps = [...byStep]
    .sort(([a], [b]) => a - b)
    .map(([at, { split }]) => ({ at: new Date(at), ...split }));
  return {
    activeFrom,
    now,
    ...binsOf(steps, activeFrom, now),
    steps,
    unknown: unknown.split,
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

/** The day, and of the day in which `activeFrom` lies the part before or from it. */
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
