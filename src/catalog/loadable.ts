import { Disposable } from '../util/dispose';

/**
 * Something that is read from a server: once, and shared while the reading is under way. A newer reading makes an older
 * one void; what is known stays until a newer reading has succeeded.
 */
export class Loadable<T> extends Disposable {
  readonly #read: (signal: AbortSignal) => Promise<T>;
  readonly #onDidRead: () => void;
  #reading: { readonly controller: AbortController; readonly settled: Promise<void> } | undefined;
  #isFresh = false;
  #value: T | undefined;
  #error: Error | undefined;

  /** @param onDidRead Called when a reading has succeeded or failed, and was not given up. */
  constructor(read: (signal: AbortSignal) => Promise<T>, onDidRead: () => void = () => undefined) {
    super();
    this.#read = read;
    this.#onDidRead = onDidRead;
  }

  /** As last read with success, or replaced; it may be out of date. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Why the last reading failed; `undefined` when it did not. */
  get error(): Error | undefined {
    return this.#error;
  }

  /** Whether it was ever asked for, with success or not. */
  get wasRead(): boolean {
    return this.#value !== undefined || this.#error !== undefined || this.#reading !== undefined;
  }

  /** Whether the value is that of the last reading and nobody has declared it out of date. */
  get isFresh(): boolean {
    return this.#isFresh;
  }

  /** Reads unless that was done, with success or not. Never rejects: see {@link error}. */
  async load(): Promise<void> {
    // Again, when a reading was declared out of date before it came to its end.
    while (!this.#isFresh && !this.isDisposed) {
      await (this.#reading?.settled ?? this.#start());
    }
  }

  /** Reads again, whatever is known or under way. Never rejects: see {@link error}. */
  reload(): Promise<void> {
    return this.#start();
  }

  /** The next {@link load} reads again. */
  invalidate(): void {
    this.#isFresh = false;
    this.#giveUp();
  }

  /** The next {@link load} tries again what failed. */
  clearError(): void {
    if (this.#error !== undefined) {
      this.invalidate();
    }
  }

  /** Forgets everything, as if it had never been read. */
  reset(): void {
    this.invalidate();
    this.#value = undefined;
    this.#error = undefined;
  }

  /** Takes a value that came another way. */
  replace(value: T): void {
    this.#giveUp();
    this.#take(value);
  }

  /** Takes a part of what was read last. Whether that is out of date, or being read again, stays as it is. */
  truncate(value: T): void {
    this.#value = value;
  }

  override dispose(): void {
    super.dispose();
    this.#giveUp();
  }

  #start(): Promise<void> {
    this.#giveUp();
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
    // The reading begins only after #reading is set, so that a synchronous failure finds it too.
    const [result] = await Promise.allSettled([Promise.resolve().then(() => this.#read(controller.signal))]);
    if (this.#reading?.controller !== controller) {
      return this.#reading?.settled; // given up: whoever waited gets the newer reading
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

  #giveUp(): void {
    const reading = this.#reading;
    this.#reading = undefined;
    reading?.controller.abort();
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason), { cause: reason });
}
