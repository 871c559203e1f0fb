import { Disposable } from '../util/dispose';

/**
 * A value that is read from a server once and shared, also while it is being read. A newer reading cancels an older one.
 * The known value stays until a newer reading has succeeded.
 */
export class Loadable<T> extends Disposable {
  readonly #read: (signal: AbortSignal) => Promise<T>;
  readonly #onDidRead: () => void;
  #reading: { readonly controller: AbortController; readonly settled: Promise<void> } | undefined;
  #isFresh = false;
  #value: T | undefined;
  #error: Error | undefined;

  /** @param onDidRead Called when a reading has succeeded or failed, but not when it was cancelled. */
  constructor(read: (signal: AbortSignal) => Promise<T>, onDidRead: () => void = () => undefined) {
    super();
    this.#read = read;
    this.#onDidRead = onDidRead;
  }

  /** The value that was last read successfully, or replaced; it may be out of date. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Why the last reading failed; `undefined` if it succeeded. */
  get error(): Error | undefined {
    return this.#error;
  }

  /** Whether it was ever requested, successfully or not. */
  get wasRead(): boolean {
    return this.#value !== undefined || this.#error !== undefined || this.#reading !== undefined;
  }

  /** Whether the last reading has ended, successfully or not, and was not invalidated since. */
  get isFresh(): boolean {
    return this.#isFresh;
  }

  /** Reads the value unless it is fresh, also after a failure. Never rejects: see {@link error}. */
  async load(): Promise<void> {
    // Again if the reading was invalidated before it ended.
    while (!this.#isFresh && !this.isDisposed) {
      await (this.#reading?.settled ?? this.#start());
    }
  }

  /** Reads the value again, even if it is fresh or being read. Never rejects: see {@link error}. */
  reload(): Promise<void> {
    return this.#start();
  }

  /** Makes the next {@link load} read again. */
  invalidate(): void {
    this.#isFresh = false;
    this.#cancel();
  }

  /** Makes the next {@link load} read again if the last reading failed. */
  clearError(): void {
    if (this.#error !== undefined) {
      this.invalidate();
    }
  }

  /** Drops the value and the error, as if nothing had been read. */
  reset(): void {
    this.invalidate();
    this.#value = undefined;
    this.#error = undefined;
  }

  /** Takes a value from another source as if it had just been read. */
  replace(value: T): void {
    this.#cancel();
    this.#take(value);
  }

  /** Replaces the value by a part of it. Whether it is fresh, or being read again, does not change. */
  truncate(value: T): void {
    this.#value = value;
  }

  override dispose(): void {
    super.dispose();
    this.#cancel();
  }

  #start(): Promise<void> {
    this.#cancel();
    this.#isFresh = false;
    if (this.isDisposed) {
      return Promise.resolve();
    }
    const controller = new AbortController();
    const settled = this.#settle(controller);
    this.#reading = { controller, settled };
    return settled;
  }

  async #settle(controller: AbortController): Promise<void> {
    // Begins only after #reading is set, so that a synchronous failure finds it, too.
    const [result] = await Promise.allSettled([Promise.resolve().then(() => this.#read(controller.signal))]);
    if (this.#reading?.controller !== controller) {
      return this.#reading?.settled; // cancelled: callers that wait for it get the newer reading
    }
    this.#reading = undefined;
    if (result.status === 'fulfilled') {
      this.#take(result.value);
    } else {
      this.#isFresh = true;
      this.#error = asError(result.reason);
    }
    this.#onDidRead();
  }

  #take(value: T): void {
    this.#isFresh = true;
    this.#value = value;
    this.#error = undefined;
  }

  #cancel(): void {
    const reading = this.#reading;
    this.#reading = undefined;
    reading?.controller.abort();
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason), { cause: reason });
}
