import PQueue from 'p-queue';
import type { Delay } from './delay';

/** Lets so many requests run at once, in order of arrival, and none while the server wants a pause. */
export class RequestQueue {
  readonly #queue = new PQueue();
  readonly #concurrency: () => number;
  readonly #delay: Delay;
  readonly #disposed = new AbortController();
  #pauses = 0;

  /** @param concurrency Asked each time, so that a changed setting applies to the next request. */
  constructor(concurrency: () => number, delay: Delay) {
    this.#concurrency = concurrency;
    this.#delay = delay;
  }

  /** @throws The signal's reason, when it aborts while the task waits or runs. */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const concurrency = Math.max(1, this.#concurrency());
    if (this.#queue.concurrency !== concurrency) {
      this.#queue.concurrency = concurrency;
    }
    return this.#queue.add(task, { signal });
  }

  /** The same for a task that the signal keeps from running, but does not disturb once it runs. */
  runToEnd<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const withdrawal = new AbortController();
    const withdraw = (): void => {
      withdrawal.abort(signal.reason);
    };
    if (signal.aborted) {
      withdraw();
    }
    signal.addEventListener('abort', withdraw, { once: true });
    const started = (): Promise<T> => {
      signal.removeEventListener('abort', withdraw);
      return task();
    };
    return this.run(started, withdrawal.signal);
  }

  /** Starts nothing for so long. What runs already is not disturbed; overlapping pauses end with the last. */
  pauseFor(ms: number): void {
    this.#pauses += 1;
    this.#queue.pause();
    const goOn = (): void => {
      this.#pauses -= 1;
      if (this.#pauses === 0) {
        this.#queue.start();
      }
    };
    this.#delay(ms, this.#disposed.signal).then(goOn, goOn);
  }

  /** Ends every pause. Whoever waits is expected to have a signal of their own. */
  dispose(): void {
    this.#disposed.abort();
  }
}
