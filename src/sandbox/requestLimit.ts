import type { Answer } from './answer';

export interface RateLimitOptions {
  /** Requests that are taken in one window. */
  readonly requests: number;
  /** Length of a window, which begins with its first request. */
  readonly windowMs: number;
}

/** A request that was counted. */
export interface CountedRequest {
  /** Of its answer, whichever that is. */
  readonly headers: Readonly<Record<string, string>>;
  /** Its answer, if it was one too many. */
  readonly refusal: Answer | undefined;
}

/** Counts requests as Docker Hub does, whoever sends them: in fixed windows, and those that it refuses, too. */
export class RequestLimit {
  readonly #options: RateLimitOptions;
  readonly #now: () => Date;
  #endsAt = -Infinity;
  #taken = 0;

  constructor(options: RateLimitOptions, now: () => Date) {
    this.#options = options;
    this.#now = now;
  }

  count(): CountedRequest {
    const { requests, windowMs } = this.#options;
    const now = this.#now().getTime();
    if (now >= this.#endsAt) {
      this.#endsAt = now + windowMs;
      this.#taken = 0;
    }
    this.#taken += 1;
    const remaining = requests - this.#taken;
    const resetAt = Math.ceil(this.#endsAt / 1000); // a header has whole seconds, and before the end is too early
    const headers = {
      'x-ratelimit-limit': `${requests}`,
      'x-ratelimit-remaining': `${Math.max(0, remaining)}`,
      'x-ratelimit-reset': `${resetAt}`,
    };
    return { headers, refusal: remaining < 0 ? refusal(resetAt, this.#endsAt - now) : undefined };
  }
}

/** `Retry-After` is in seconds and `X-Retry-After` a unix time: clients meet both. */
function refusal(resetAt: number, leftMs: number): Answer {
  return {
    status: 429,
    headers: { 'retry-after': `${Math.ceil(leftMs / 1000)}`, 'x-retry-after': `${resetAt}` },
    body: { detail: 'Rate limit exceeded', error: false },
  };
}
