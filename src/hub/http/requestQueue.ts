import PQueue from 'p-queue';
import type { Delay } from '../delay';
import type { BudgetHold, RequestBudget, RequestClaim } from './requestBudget';

/** What a {@link RequestQueue} depends on. */
export interface RequestQueueOptions {
  /** Returns how many requests may run at once. Called for each request, so that a changed setting takes effect. */
  readonly concurrency: () => number;
  readonly budget: RequestBudget;
  readonly delay: Delay;
  /** Called once per window when requests begin to wait because the budget is used up. */
  readonly onDidHold: (ms: number) => void;
}

/** Sends one request and reports to its claim on the budget when it is sent and answered. */
export type QueuedTask<T> = (claim: RequestClaim) => Promise<T>;

/**
 * Starts requests in order of arrival, up to the limit of concurrent requests. It starts none during a pause that the
 * server asks for, and none while the budget is used up.
 */
export class RequestQueue {
  readonly #queue = new PQueue();
  readonly #options: RequestQueueOptions;
  readonly #disposed = new AbortController();
  #pauses = 0;
  /** Latest answer of the budget. */
  #hold: BudgetHold | undefined;
  /** The window whose end is awaited, and the window for which `onDidHold` was called. */
  #awaitedWindow: object | undefined;
  #reportedWindow: object | undefined;

  constructor(options: RequestQueueOptions) {
    this.#options = options;
  }

  /**
   * Runs a task in its turn.
   *
   * @throws The signal's reason, if it aborts while the task waits or runs.
   */
  run<T>(task: QueuedTask<T>, signal: AbortSignal): Promise<T> {
    const concurrency = Math.max(1, this.#options.concurrency());
    if (this.#queue.concurrency !== concurrency) {
      this.#queue.concurrency = concurrency;
    }
    this.#regulate(true);
    return this.#queue.add(() => this.runAtOnce(task), { signal });
  }

  /**
   * Runs a task in its turn, and to its end: the signal can only withdraw it while it waits.
   *
   * @throws The signal's reason, if it aborts while the task waits.
   */
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

  /** Runs a task at once, ignoring limits and pauses. It still uses the budget. */
  async runAtOnce<T>(task: QueuedTask<T>): Promise<T> {
    const claim = this.#options.budget.claim();
    this.#regulate(this.#queue.size > 0); // the queue starts the next task as soon as this one has begun
    try {
      return await task(claim);
    } finally {
      claim.end();
      this.#regulate(this.#queue.size > 0);
    }
  }

  /**
   * Starts no requests for this long, as a 429 demands. Running requests continue. Of overlapping pauses, the last to
   * end counts.
   *
   * @returns Whether the pause is new. It is not if `onDidHold` was called for the same window.
   */
  pauseFor(ms: number): boolean {
    const hold = this.#options.budget.hold();
    const isNews = hold === undefined || hold.window !== this.#reportedWindow;
    this.#reportedWindow = hold?.window;
    this.#pauses += 1;
    const resume = (): void => {
      this.#pauses -= 1;
      if (hold?.ms !== undefined && hold.ms <= ms) {
        this.#options.budget.endHold(hold); // the pause has covered it
      }
      this.#regulate(this.#queue.size > 0);
    };
    this.#startOrPause();
    this.#options.delay(ms, this.#disposed.signal).then(resume, resume);
    return isNews;
  }

  /** Ends every pause. Waiting tasks are not withdrawn; the caller aborts their signals. */
  dispose(): void {
    this.#disposed.abort();
  }

  /** @param isWanted Whether a task waits. If none does, nothing is held back and no pause is reported. */
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
