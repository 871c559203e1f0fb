import { Disposable } from '../util/dispose';

/** The sign-ins that are under way, from the first question to the answer of the server. */
export class SignIns extends Disposable {
  readonly #running = new Set<AbortController>();
  readonly #onDidChange: (isAnyRunning: boolean) => void;

  constructor(onDidChange: (isAnyRunning: boolean) => void) {
    super();
    this.#onDidChange = onDidChange;
  }

  /**
   * @param signal Withdraws the question, as cancelling does.
   * @throws What the sign-in throws.
   */
  async run<T>(signIn: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const controller = new AbortController();
    this.#running.add(controller);
    this.#onDidChange(true);
    try {
      return await signIn(
        signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal]),
      );
    } finally {
      this.#running.delete(controller);
      this.#onDidChange(this.#running.size > 0);
    }
  }

  /** Withdraws what is asked, and aborts what was sent. */
  cancel(): void {
    for (const controller of this.#running) {
      controller.abort();
    }
  }

  override dispose(): void {
    super.dispose();
    this.cancel();
  }
}
