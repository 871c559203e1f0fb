import { setMaxListeners } from 'node:events';

/**
 * Combines abort signals and an optional timeout into one signal. Dispose it when the work has ended, because its
 * sources may live much longer.
 *
 * `AbortSignal.any` is no replacement: in Node.js 20.20 a source never releases the signals derived from it, which
 * costs about 3 kB per request. It also cannot be aborted by its owner, which is how connections of unread answers are
 * closed.
 */
export class LinkedAbort {
  readonly #controller = new AbortController();
  readonly #sources: readonly AbortSignal[];
  readonly #timer: NodeJS.Timeout | undefined;
  #isTimedOut = false;

  constructor(sources: readonly (AbortSignal | undefined)[], timeoutMs?: number) {
    this.#sources = sources.filter((source) => source !== undefined);
    for (const source of this.#sources) {
      setMaxListeners(0, source); // the hundreds of requests of one listing share a signal, which is not a leak
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

  /** Whether the timeout was the reason, and not one of the sources. */
  get isTimedOut(): boolean {
    return this.#isTimedOut;
  }

  /** Aborts the signal, stops the timeout and removes the listeners from the sources. */
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
