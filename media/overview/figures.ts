import type { FiguresMessage, ImageRow, TagCounts } from '../../src/overview/protocol';
import { startOfDay, type LineBounds } from './line';

/** A bin with its instants in milliseconds. */
export interface Bin extends TagCounts {
  readonly from: number;
  readonly to: number;
}

/** Images on the two sides of a line. */
export interface Sides {
  readonly left: TagCounts;
  readonly right: TagCounts;
}

/** What was read, ready to be counted against any line: each count is one search among the steps. */
export class Figures {
  readonly activeFrom: number;
  readonly readAt: number;
  readonly unit: FiguresMessage['unit'];
  readonly bins: readonly Bin[];
  readonly unknown: TagCounts;
  readonly future: TagCounts;
  readonly biggest: readonly ImageRow[] | null;
  readonly oldest: readonly ImageRow[];
  readonly #steps: readonly number[];
  /** Images in all steps before the one of the same index; one more than there are steps. */
  readonly #before: readonly TagCounts[];

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
    this.unknown = message.unknown;
    this.future = message.future;
    this.biggest = message.biggest;
    this.oldest = message.oldest;
    this.#steps = message.steps.map(({ at }) => Date.parse(at));
    const before: TagCounts[] = [{ tagged: 0, untagged: 0 }];
    for (const step of message.steps) {
      before.push(plus(before.at(-1) ?? step, step));
    }
    this.#before = before;
  }

  /** Every image, whatever is known of its activity. */
  get all(): TagCounts {
    return plus(plus(this.#dated, this.unknown), this.future);
  }

  /** Between which instants the line can be moved; `undefined` where there is nothing to draw it in. */
  get bounds(): LineBounds | undefined {
    const [first] = this.bins;
    return first && { first: first.from, last: Math.max(startOfDay(this.readAt), this.activeFrom) };
  }

  /** Exact for `activeFrom` and for every midnight of UTC. */
  sidesOf(line: number): Sides {
    const left = this.#before[stepsBefore(this.#steps, line)] ?? this.#dated;
    return { left, right: minus(this.#dated, left) };
  }

  /** Images of known activity in the past. */
  get #dated(): TagCounts {
    return this.#before.at(-1) ?? { tagged: 0, untagged: 0 };
  }
}

export function totalOf({ tagged, untagged }: TagCounts): number {
  return tagged + untagged;
}

function stepsBefore(steps: readonly number[], line: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle] ?? line) < line) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function plus(a: TagCounts, b: TagCounts): TagCounts {
  return { tagged: a.tagged + b.tagged, untagged: a.untagged + b.untagged };
}

function minus(a: TagCounts, b: TagCounts): TagCounts {
  return { tagged: a.tagged - b.tagged, untagged: a.untagged - b.untagged };
}
