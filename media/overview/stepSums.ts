import type { FiguresMessage, TagCounts } from '../../src/overview/protocol';

/** Sums of steps, ready to be looked up for any instant: each sum is one search. */
export class StepSums {
  readonly #steps: readonly number[];
  /** Images in all steps before the one of the same index; one more than there are steps. */
  readonly #before: readonly TagCounts[];

  /** @param steps In order of time. */
  constructor(steps: FiguresMessage['steps']) {
    this.#steps = steps.map(({ at }) => Date.parse(at));
    let tagged = 0;
    let untagged = 0;
    this.#before = [
      { tagged, untagged },
      ...steps.map((step) => ({ tagged: (tagged += step.tagged), untagged: (untagged += step.untagged) })),
    ];
  }

  /** Images in all steps. */
  get all(): TagCounts {
    return this.#before.at(-1) ?? { tagged: 0, untagged: 0 };
  }

  /** Images in the steps that begin before the instant (milliseconds). */
  before(instant: number): TagCounts {
    return this.#before[stepsBefore(this.#steps, instant)] ?? this.all;
  }
}

function stepsBefore(steps: readonly number[], instant: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle] ?? instant) < instant) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
