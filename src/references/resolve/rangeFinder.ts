import type { Range } from './structure';

/** Finds the range around an offset. */
export class RangeFinder<R extends Range> {
  readonly #ranges: readonly R[];

  /** @param ranges In any order. Where two overlap, the one that begins later counts. */
  constructor(ranges: readonly R[]) {
    this.#ranges = ranges.toSorted((a, b) => a.start - b.start);
  }

  at(offset: number): R | undefined {
    let low = 0;
    let high = this.#ranges.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#ranges[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const found = this.#ranges[low];
    return found !== undefined && found.start <= offset && offset < found.end ? found : undefined;
  }
}
