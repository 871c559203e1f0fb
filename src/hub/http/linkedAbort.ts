import { setMaxListeners } from 'node:events';

/**
 * A signal that follows others and, if wanted, the clock. Dispose it when the work has ended: the signals it follows
 * may live much longer.
 */
export class LinkedAbort {
  readonly #controller = new AbortController();
  readonly #sources: readonly AbortSignal[];
  readonly #timer: NodeJS.Timeout | undefined;
  #isTimedOut = false;

  constructor(sources: readonly (AbortSignal | undefined)[], timeoutMs?: number) {
    this.#sources = sources.filter((source) => source !== undefined);
    for (const source of this.#sources) {
      setMaxListeners(0, source); // a listing follows one signal with hundreds of requests, which is no leak
      source.addEventListener('abort', this.#abort, { once: true });
    }
    if (this.#sources.some(({ aborted }) => aborted)) {
      this.#abort();
    } else if (timeoutMs !== undefined) {
      this.#timer = setTimeout(this.#timeOut, timeoutMs);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the clock was the reason. */
  get isTimedOut(): boolean {
    return this.#isTimedOut;
  }

  /** Aborts whatever still listens and lets go of the signals followed. */
  dispose(): void {
    clearTimeout(this.#timer);
    for (const source of this.#sources) {
      source.removeEventListener('abort', this.#abort);
    }
    this.#abort();
  }

  readonly #abort = (): void => {
    this.#controller.abort();
  };

  readonly #timeOut = (): void => {
    this.#isTimedOut = true;
    this.#abort();
  };
}
