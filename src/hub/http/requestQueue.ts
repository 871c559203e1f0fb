import PQueue from 'p-queue';
import type { Delay } from '../delay';
import type { BudgetHold, RequestBudget, RequestClaim } from './requestBudget';

export interface RequestQueueOptions {
  /** Asked each time, so that a changed setting applies to the next request. */
  readonly concurrency: () => number;
  readonly budget: RequestBudget;
  readonly delay: Delay;
  /** Requests wait for so long because the budget is used up; told once a window. */
  readonly onDidHold: (ms: number) => void;
}

/** Sends one request, and tells its claim on the budget what becomes of it. */
export type QueuedTask<T> = (claim: RequestClaim) => Promise<T>;

/**
 * Lets so many requests run at once, in order of arrival, and none while the server wants a pause or its budget is used
 * up.
 */
export class RequestQueue {
  readonly #queue = new PQueue();
  readonly #options: RequestQueueOptions;
  readonly #disposed = new AbortController();
  #pauses = 0;
  /** What the budget said last. */
  #hold: BudgetHold | undefined;
  /** The window whose end is waited for, and the one of which that was told. */
  #awaitedWindow: object | undefined;
  #reportedWindow: object | undefined;

  constructor(options: RequestQueueOptions) {
    this.#options = options;
  }

  /** @throws The signal's reason, when it aborts while the task waits or runs. */
  run<T>(task: QueuedTask<T>, signal: AbortSignal): Promise<T> {
    const concurrency = Math.max(1, this.#options.concurrency());
    if (this.#queue.concurrency !== concurrency) {
      this.#queue.concurrency = concurrency;
    }
    this.#regulate(true);
    return this.#queue.add(() => this.runAtOnce(task), { signal });
  }

  /** The same for a task that the signal keeps from running, but does not disturb once it runs. */
  runToEnd<T>(task: QueuedTask<T>, signal: AbortSignal): Promise<T> {
    const withdrawal = new AbortController();
    const withdraw = (): void => {
      withdrawal.abort(signal.reason);
    };
    if (signal.aborted) {
      withdraw();
    }
    signal.addEventListener('abort', withdraw, { once: true });
    const started: QueuedTask<T> = (claim) => {
      signal.removeEventListener('abort', withdraw);
      return task(claim);
    };
    return this.run(started, withdrawal.signal);
  }

  /** Out of turn, whatever is held back; only the budget gets to know of it. */
  async runAtOnce<T>(task: QueuedTask<T>): Promise<T> {
    const claim = this.#options.budget.claim();
    this.#regulate(this.#queue.size > 0); // the queue asks for the next task as soon as this one has begun
    try {
      return await task(claim);
    } finally {
      claim.end();
      this.#regulate(this.#queue.size > 0);
    }
  }

  /**
   * Starts nothing for so long, as a 429 wants it. What runs already is not disturbed; overlapping pauses end with the
   * last.
   *
   * @returns Whether that is news: not when the window was told of that the 429 closes.
   */
  pauseFor(ms: number): boolean {
    const hold = this.#options.budget.hold();
    const isNews = hold === undefined || hold.window !== this.#reportedWindow;
    this.#reportedWindow = hold?.window;
    this.#pauses += 1;
    const resume = (): void => {
      this.#pauses -= 1;
      if (hold?.ms !== undefined && hold.ms <= ms) {
        this.#options.budget.endHold(hold); // has been waited for with the pause
      }
      this.#regulate(this.#queue.size > 0);
    };
    this.#startOrPause();
    this.#options.delay(ms, this.#disposed.signal).then(resume, resume);
    return isNews;
  }

  /** Ends every pause. Whoever waits is expected to have a signal of their own. */
  dispose(): void {
    this.#disposed.abort();
  }

  /** @param isWanted Whether somebody waits for a turn: what nobody waits for is no pause. */
  #regulate(isWanted: boolean): void {
    this.#hold = this.#disposed.signal.aborted ? undefined : this.#options.budget.hold();
    if (isWanted && this.#pauses === 0 && this.#hold?.ms !== undefined) {
      this.#awaitEnd(this.#hold, this.#hold.ms);
    }
    this.#startOrPause();
  }

  #startOrPause(): void {
    if (this.#pauses > 0 || this.#hold !== undefined) {
      this.#queue.pause();
    } else {
      this.#queue.start();
    }
  }

  #awaitEnd(hold: BudgetHold, ms: number): void {
    const { budget, delay, onDidHold } = this.#options;
    if (hold.isUsedUp && this.#reportedWindow !== hold.window) {
      this.#reportedWindow = hold.window;
      onDidHold(ms);
    }
    if (this.#awaitedWindow !== hold.window) {
      this.#awaitedWindow = hold.window;
      const end = (): void => {
        budget.endHold(hold);
        this.#regulate(this.#queue.size > 0);
      };
      delay(ms, this.#disposed.signal).then(end, end);
    }
  }
}
