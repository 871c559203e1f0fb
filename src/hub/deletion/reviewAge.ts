import type { Delay } from '../delay';
import { imageKey, type ImageKey } from '../deletionRequest';
import type { Batch } from './batches';

/** Milliseconds after which the findings of a check are too old, so that the review is checked again automatically. */
export const staleAfterMs = 10 * 60 * 1000;

interface CachedAnswer {
  readonly at: Date;
  readonly keys: readonly ImageKey[];
}

/** The images for which a running dry run has an answer, and since when, so that an incomplete dry run can be continued. */
export class AnswerCache {
  readonly #now: () => Date;
  /** Oldest first. */
  #answers: CachedAnswer[] = [];

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** When the first of the answers arrived. */
  get oldest(): Date | undefined {
    return this.#answers[0]?.at;
  }

  /** Images whose answers are at least {@link staleAfterMs} old. */
  get stale(): readonly ImageKey[] {
    return keysIn(this.#answersUntil(this.#staleInstant()));
  }

  /** Notes that the images of a batch have an answer now. */
  add(batch: Batch): void {
    const keys = batch.map(({ repository, image }) => imageKey(repository, image.digest));
    this.#answers.push({ at: this.#now(), keys });
  }

  /** Removes the answers that are {@link stale}. */
  takeStale(): readonly ImageKey[] {
    const instant = this.#staleInstant();
    const stale = this.#answersUntil(instant);
    this.#answers = this.#answers.filter(({ at }) => at > instant);
    return keysIn(stale);
  }

  clear(): void {
    this.#answers = [];
  }

  #staleInstant(): Date {
    return new Date(this.#now().getTime() - staleAfterMs);
  }

  #answersUntil(instant: Date): readonly CachedAnswer[] {
    return this.#answers.filter(({ at }) => at <= instant);
  }
}

function keysIn(answers: readonly CachedAnswer[]): readonly ImageKey[] {
  return answers.flatMap(({ keys }) => keys);
}

/** The clock of a {@link ReviewAge} and whom it informs. */
export interface ReviewAgeOptions {
  readonly now: () => Date;
  readonly delay: Delay;
  /** Called when the findings have become stale. */
  readonly onDidBecomeStale: () => Promise<void>;
}

/** How old the findings of the last check are, and when they become stale. */
export class ReviewAge {
  readonly #options: ReviewAgeOptions;
  #waiting = new AbortController();
  #isStale = false;
  #isClosed = false;

  constructor(options: ReviewAgeOptions) {
    this.#options = options;
  }

  /** Whether {@link staleAfterMs} have passed since the last check, and no other has begun. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Stops the clock because a check begins. The findings are not stale until it is started again. */
  reset(): void {
    this.#waiting.abort();
    this.#isStale = false;
  }

  /**
   * Starts the clock, unless it was closed.
   *
   * @param since When the oldest of the findings was received.
   */
  start(since = this.#options.now()): void {
    this.#waiting.abort();
    const waiting = new AbortController();
    this.#waiting = waiting;
    if (!this.#isClosed) {
      void this.#waitUntilStale(since, waiting.signal);
    }
  }

  /** Stops the clock permanently. */
  close(): void {
    this.#isClosed = true;
    this.#waiting.abort();
  }

  async #waitUntilStale(since: Date, signal: AbortSignal): Promise<void> {
    const { now, delay, onDidBecomeStale } = this.#options;
    try {
      await delay(staleAfterMs - (now().getTime() - since.getTime()), signal);
    } catch {
      return; // closed, or another check has begun
    }
    if (!signal.aborted) {
      this.#isStale = true;
      await onDidBecomeStale();
    }
  }
}
