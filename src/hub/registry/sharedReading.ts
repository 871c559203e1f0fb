/** A reading that several wait for. It is given up when the last of them has. */
export class SharedReading<T> {
  readonly #controller = new AbortController();
  readonly #result: Promise<T>;
  #waiting = 0;
  #isOver = false;
  #hasFailed = false;

  constructor(read: (signal: AbortSignal) => Promise<T>) {
    this.#result = read(this.#controller.signal).finally(() => (this.#isOver = true));
    this.#result.catch(() => (this.#hasFailed = true)); // whoever waits is told
  }

  /** Whether it has no result: everybody left before its end, or it failed. */
  get isVoid(): boolean {
    return this.#controller.signal.aborted || this.#hasFailed;
  }

  /** Whether it still reads, for somebody. */
  get isUnderWay(): boolean {
    return !this.#isOver && !this.isVoid;
  }

  /** @throws What the reading threw; or the signal's reason, which gives it up for this one. */
  async wait(signal: AbortSignal | undefined): Promise<T> {
    signal?.throwIfAborted();
    this.#waiting += 1;
    let leave = (): void => undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        reject(signal?.reason as Error); // a DOMException unless the caller chose another reason
      };
    });
    signal?.addEventListener('abort', leave, { once: true });
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
