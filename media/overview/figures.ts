import type { FiguresMessage, ImageRow, TagCounts } from '../../src/overview/protocol';
import { startOfDay, type LineBounds } from './line';
import { StepSums } from './stepSums';

/** A bin with its instants in milliseconds. */
export interface Bin extends TagCounts {
  readonly from: number;
  readonly to: number;
}

/** Images on the two sides of a line, and those of which it is not known on which side they are. */
export interface Sides {
  readonly left: TagCounts;
  readonly right: TagCounts;
  readonly unknown: TagCounts;
}

/** What was read, ready to be counted against any line: each count is one search among the steps. */
export class Figures {
  readonly activeFrom: number;
  readonly readAt: number;
  readonly unit: FiguresMessage['unit'];
  readonly bins: readonly Bin[];
  readonly future: TagCounts;
  /** Images that may be parts of others. */
  readonly undetermined: number;
  readonly biggest: readonly ImageRow[] | null;
  readonly oldest: readonly ImageRow[];
  readonly #dated: StepSums;
  readonly #pullsUnknown: StepSums;
  /** Images without any known time. */
  readonly #untold: TagCounts;

  constructor(message: FiguresMessage) {
    this.activeFrom = Date.parse(message.activeFrom);
    this.readAt = Date.parse(message.readAt);
    this.unit = message.unit;
    this.bins = message.bins.map(({ from, to, tagged, untagged }) => ({
      from: Date.parse(from),
      to: Date.parse(to),
      tagged,
      untagged,
    }));
    this.future = message.future;
    this.undetermined = message.undetermined;
    this.biggest = message.biggest;
    this.oldest = message.oldest;
    this.#dated = new StepSums(message.steps);
    this.#pullsUnknown = new StepSums(message.pullsUnknown);
    this.#untold = message.unknown;
  }

  /** Every image, whatever is known of its activity. */
  get all(): TagCounts {
    return [this.#dated.all, this.#pullsUnknown.all, this.#untold, this.future].reduce(plus);
  }

  /** Between which instants the line can be moved; `undefined` where there is nothing to draw it in. */
  get bounds(): LineBounds | undefined {
    const [first] = this.bins;
    return first && { first: first.from, last: Math.max(startOfDay(this.readAt), this.activeFrom) };
  }

  /** Exact for `activeFrom` and for every midnight of UTC. */
  sidesOf(line: number): Sides {
    const left = this.#dated.before(line);
    const maybeLeft = this.#pullsUnknown.before(line); // pulled since then, or not
    const right = minus(this.#dated.all, left);
    return {
      left,
      right: plus(right, minus(this.#pullsUnknown.all, maybeLeft)),
      unknown: plus(this.#untold, maybeLeft),
    };
  }
}

export function totalOf({ tagged, untagged }: TagCounts): number {
  return tagged + untagged;
}

function plus(a: TagCounts, b: TagCounts): TagCounts {
  return { tagged: a.tagged + b.tagged, untagged: a.untagged + b.untagged };
}

function minus(a: TagCounts, b: TagCounts): TagCounts {
  return { tagged: a.tagged - b.tagged, untagged: a.untagged - b.untagged };
}
