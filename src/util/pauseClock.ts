import type { HubPause } from '../hub/http/requestPolicy';
import type { IDisposable } from './dispose';

const tickMs = 1000;

/** Counts down to the end of a pause, once a second. Of several pauses, the one that ends last counts. */
export class PauseClock implements IDisposable {
  readonly #onDidTick: () => void;
  readonly #now: () => number;
  #pause: HubPause | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  /**
   * @param onDidTick Called when a pause begins, every second while it lasts, and when it has ended.
   * @param now The time of this computer, in milliseconds since 1970.
   */
  constructor(onDidTick: () => void, now = () => Date.now()) {
    this.#onDidTick = onDidTick;
    this.#now = now;
  }

  /** The pause that is under way. */
  get pause(): HubPause | undefined {
    return this.seconds === 0 ? undefined : this.#pause;
  }

  /** Seconds until the pause ends, rounded up; 0 if there is none. */
  get seconds(): number {
    const ms = (this.#pause?.until.getTime() ?? 0) - this.#now();
    return Math.max(0, Math.ceil(ms / 1000));
  }

  readonly wait = (pause: HubPause): void => {
    if (this.#isDisposed || (this.#pause !== undefined && pause.until <= this.#pause.until)) {
      return;
    }
    this.#pause = pause;
    this.#timer ??= setTimeout(this.#tick, tickMs);
    this.#onDidTick();
  };

  /** Forgets the pause, because nothing waits for its end any more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pause = undefined;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.clear();
  }

  readonly #tick = (): void => {
    this.#timer = undefined;
    if (this.seconds === 0) {
      this.#pause = undefined;
    } else {
      this.#timer = setTimeout(this.#tick, tickMs);
    }
    this.#onDidTick();
  };
}
