/** A reading that several wait for. It is given up when the last of them has. */
export class SharedReading<T> {
  readonly #controller = new AbortController();
  readonly #result: Promise<T>;
  #waiting = 0;
  #isOver = false;

  constructor(read: (signal: AbortSignal) => Promise<T>) {
    this.#result = read(this.#controller.signal).finally(() => (this.#isOver = true));
    this.#result.catch(() => undefined); // whoever waits is told
  }

  /** Whether everybody left before its end, so that it has none. */
  get isGivenUp(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Whether it still reads, for somebody. */
  get isUnderWay(): boolean {
    return !this.#isOver && !this.isGivenUp;
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
