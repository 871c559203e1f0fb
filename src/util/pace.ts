/** Time looked back: long enough to even out answers that come in bursts, short enough to notice a server that slows down. */
const windowMs = 20_000;

/** Least time between two samples that are kept, so that a fast piece of work keeps no more than a slow one. */
const sampleIntervalMs = 250;

/** Before that a pace is the first answer's and says little of the rest. */
const meaningfulAfterMs = 2000;

interface Sample {
  readonly atMs: number;
  readonly done: number;
}

/** How fast a piece of work goes on, judged by its last seconds, and how long the rest will take at that pace. */
export class Pace {
  readonly #now: () => number;
  /** Oldest first, none older than the window but the first. */
  #samples: Sample[] = [];
  #startedAtMs = 0;
  #done = 0;
  #total = 0;

  /** @param now Milliseconds of a clock. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Less done than before, or another total, is another piece of work. */
  report(done: number, total: number): void {
    const atMs = this.#now();
    if (this.#samples.length === 0 || done < this.#done || total !== this.#total) {
      this.#samples = [{ atMs, done }];
      this.#startedAtMs = atMs;
    } else {
      this.#keep({ atMs, done });
    }
    this.#done = done;
    this.#total = total;
  }

  /** Milliseconds until all is done; `undefined` while that would be a guess. */
  get remainingMs(): number | undefined {
    const { perSecond } = this;
    return perSecond === undefined ? undefined : ((this.#total - this.#done) / perSecond) * 1000;
  }

  /** Pieces a second; `undefined` while too little was done to tell. A standstill slows it down as it lasts. */
  get perSecond(): number | undefined {
    const [first] = this.#samples;
    const nowMs = this.#now();
    if (first === undefined || this.#done <= first.done || nowMs - this.#startedAtMs < meaningfulAfterMs) {
      return undefined;
    }
    return ((this.#done - first.done) / (nowMs - first.atMs)) * 1000;
  }

  #keep(sample: Sample): void {
    if (sample.atMs - this.#startedAtMs < sampleIntervalMs) {
      this.#samples = [sample]; // what is done at once was done before, by work that goes on where it was given up
      return;
    }
    const last = this.#samples.at(-1);
    if (last !== undefined && sample.atMs - last.atMs < sampleIntervalMs) {
      return;
    }
    this.#samples.push(sample);
    const since = sample.atMs - windowMs;
    while (this.#samples[1] !== undefined && this.#samples[1].atMs <= since) {
      this.#samples.shift();
    }
  }
}
