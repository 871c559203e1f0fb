import { type HeaderReader, readHttpDate } from './rateLimit';

/** Smaller differences come from whole seconds and latency. They do not matter, because activity is counted in days. */
const toleranceMs = 60_000;

/**
 * Estimates the server's time from the `Date` of its answers. Activity is recorded in the server's time, so a computer
 * whose clock is wrong by a day would classify images incorrectly.
 */
export class ServerClock {
  readonly #localNow: () => Date;
  #offsetMs = 0;
  /** Offset according to the last answer alone. */
  #lastOffsetMs: number | undefined;

  constructor(localNow: () => Date) {
    this.#localNow = localNow;
  }

  /** Current time of this computer, corrected by the difference to the server if that is a minute or more. */
  readonly now = (): Date => new Date(this.#localNow().getTime() + this.#offsetMs);

  /**
   * Reads the `Date` of an answer that has just arrived. A difference is applied once two consecutive answers agree on
   * it, because a single one may be wrong or come from a cache.
   */
  update(headers: HeaderReader): void {
    const date = readHttpDate(headers.get('date') ?? '');
    if (date === undefined || Number(headers.get('age') ?? 0) > 0) {
      return;
    }
    const offsetMs = date - this.#localNow().getTime();
    const isConfirmed = Math.abs(offsetMs - (this.#lastOffsetMs ?? Infinity)) < toleranceMs;
    this.#lastOffsetMs = offsetMs;
    if (isConfirmed && Math.abs(offsetMs - this.#offsetMs) >= toleranceMs) {
      this.#offsetMs = Math.abs(offsetMs) < toleranceMs ? 0 : offsetMs;
    }
  }
}
