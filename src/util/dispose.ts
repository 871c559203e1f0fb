/** What the editor calls a disposable, without needing the editor. */
export interface IDisposable {
  dispose(): void;
}

/** Disposes all of them; one that fails does not keep the others from it. */
export function disposeAll(disposables: Iterable<IDisposable>): void {
  const errors: unknown[] = [];
  for (const disposable of disposables) {
    try {
      disposable.dispose();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) {
    throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'Several disposables failed.');
  }
}

/** Base of every class that owns listeners, timers or requests. */
export abstract class Disposable implements IDisposable {
  readonly #owned: IDisposable[] = [];
  #isDisposed = false;

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  dispose(): void {
    if (this.#isDisposed) {
      return;
    }
    this.#isDisposed = true;
    disposeAll(this.#owned.splice(0).reverse());
  }

  /** Keeps the disposable until this object is disposed; afterwards it is disposed at once. */
  protected register<T extends IDisposable>(disposable: T): T {
    if (this.#isDisposed) {
      disposable.dispose();
    } else {
      this.#owned.push(disposable);
    }
    return disposable;
  }
}

/** Holds one disposable and disposes the value it replaces. */
export class MutableDisposable<T extends IDisposable> extends Disposable {
  #value: T | undefined;

  get value(): T | undefined {
    return this.#value;
  }

  set value(value: T | undefined) {
    if (this.isDisposed) {
      value?.dispose();
      return;
    }
    const previous = this.#value;
    this.#value = value;
    if (previous !== value) {
      previous?.dispose();
    }
  }

  override dispose(): void {
    this.value = undefined;
    super.dispose();
  }
}
