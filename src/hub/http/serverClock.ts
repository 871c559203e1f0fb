import { type HeaderReader, readHttpDate } from './rateLimit';

/** Smaller differences come from whole seconds and from the way; nothing that is told in days depends on them. */
const toleranceMs = 60_000;

/**
 * The server's time, as far as its answers tell. What is active and what lies ahead is a matter of the server's times, so
 * a computer whose clock is wrong by a day must not judge by its own.
 */
export class ServerClock {
  readonly #localNow: () => Date;
  #offsetMs = 0;
  /** What the last answer alone says. */
  #lastOffsetMs: number | undefined;

  constructor(localNow: () => Date) {
    this.#localNow = localNow;
  }

  /** The clock of this computer, put right where it differs from the server's. */
  readonly now = (): Date => new Date(this.#localNow().getTime() + this.#offsetMs);

  /**
   * Takes in the `Date` of an answer that has just come. A difference counts when two answers in a row agree on it: a
   * single one may come from a cache, or be a mistake.
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
