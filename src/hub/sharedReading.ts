/** A reading shared by several callers. It is aborted once all of them have stopped waiting. */
export class SharedReading<T> {
  readonly #controller = new AbortController();
  readonly #result: Promise<T>;
  #waiting = 0;
  #isOver = false;
  #hasFailed = false;

  constructor(read: (signal: AbortSignal) => Promise<T>) {
    this.#result = read(this.#controller.signal).finally(() => (this.#isOver = true));
    this.#result.catch(() => (this.#hasFailed = true)); // every caller that waits gets the error
  }

  /** Whether it has no result, because it was aborted or failed. */
  get isVoid(): boolean {
    return this.#controller.signal.aborted || this.#hasFailed;
  }

  /** Whether it is still reading. */
  get isUnderWay(): boolean {
    return !this.#isOver && !this.isVoid;
  }

  /**
   * Waits for the result.
   *
   * @param signal Stops waiting, and aborts the reading if no other caller waits.
   * @throws The error of the reading, or the reason of the signal.
   */
  async wait(signal: AbortSignal | undefined): Promise<T> {
    signal?.throwIfAborted();
    this.#waiting += 1;
    let leave = (): void => undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        reject(signal?.reason as Error); // a DOMException, unless the caller set another reason
      };
    });
    signal?.addEventListener('abort', leave);
    try {
      return await Promise.race([this.#result, left]);
    } finally {
      signal?.removeEventListener('abort', leave);
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#isOver) {
        this.#controller.abort();
      }
    }
  }
}
