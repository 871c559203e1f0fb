/** Headers of an answer, as far as they are read here. */
export interface HeaderReader {
  get(name: string): string | null;
}

/** What the server says of its limit on requests. Whatever it does not say is `undefined`. */
export interface RateLimit {
  /** Requests allowed in one window. */
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  /** When the window ends, by the server's clock: the same in all answers of one window. */
  readonly serverResetAt: Date | undefined;
  /** When the window ends, by the clock of this computer. From answer to answer it differs as the time on the way does. */
  readonly resetAt: Date | undefined;
  /** How long a window lasts. The Hub does not say. */
  readonly windowMs: number | undefined;
}

/**
 * Reads `X-RateLimit-Limit`, `-Remaining` and `-Reset` (unix seconds) of the Hub, or else `ratelimit-limit` and
 * `ratelimit-remaining` of the registry, which look like `100;w=21600`.
 *
 * @returns `undefined` when the answer has none of them, or comes out of a cache, which knows nothing of today's requests.
 */
export function readRateLimit(headers: HeaderReader, now: Date): RateLimit | undefined {
  if (Number(headers.get('age') ?? 0) > 0) {
    return undefined;
  }
  const limit = readInteger(headers.get('x-ratelimit-limit'));
  const remaining = readInteger(headers.get('x-ratelimit-remaining'));
  if (limit !== undefined || remaining !== undefined) {
    const reset = readUnixSeconds(headers.get('x-ratelimit-reset'));
    return {
      limit,
      remaining,
      serverResetAt: reset === undefined ? undefined : new Date(reset),
      resetAt: reset === undefined ? undefined : new Date(reset - serverTime(headers, now) + now.getTime()),
      windowMs: undefined,
    };
  }
  const registryLimit = readQuota(headers.get('ratelimit-limit'));
  const registryRemaining = readQuota(headers.get('ratelimit-remaining'));
  if (registryLimit === undefined && registryRemaining === undefined) {
    return undefined;
  }
  return {
    limit: registryLimit?.count,
    remaining: registryRemaining?.count,
    serverResetAt: undefined,
    resetAt: undefined,
    windowMs: registryLimit?.windowMs ?? registryRemaining?.windowMs,
  };
}

/**
 * How long the server asks to wait: `Retry-After` (seconds or an HTTP date), else `X-Retry-After` (unix seconds).
 * Points in time are measured against the server's own `Date`, because a computer's clock can be wrong by hours.
 *
 * @returns `undefined` when neither header says so readably.
 */
export function readRetryAfterMs(headers: HeaderReader, now: Date): number | undefined {
  const retryAfter = headers.get('retry-after')?.trim() ?? '';
  const seconds = readInteger(retryAfter);
  if (seconds !== undefined) {
    return seconds * 1000;
  }
  const at = readHttpDate(retryAfter) ?? readUnixSeconds(headers.get('x-retry-after'));
  return at === undefined ? undefined : Math.max(0, at - serverTime(headers, now));
}

function serverTime(headers: HeaderReader, now: Date): number {
  return readHttpDate(headers.get('date') ?? '') ?? now.getTime();
}

function readQuota(text: string | null): { readonly count: number; readonly windowMs?: number } | undefined {
  const found = /^\s*(\d{1,12})\s*(?:;\s*w=(\d{1,9}))?/.exec(text ?? '');
  if (found === null) {
    return undefined;
  }
  const [, count, window] = found;
  return { count: Number(count), ...(window === undefined ? {} : { windowMs: Number(window) * 1000 }) };
}

function readUnixSeconds(text: string | null): number | undefined {
  const seconds = readInteger(text);
  return seconds === undefined ? undefined : seconds * 1000;
}

function readInteger(text: string | null): number | undefined {
  return text !== null && /^\s*\d{1,12}\s*$/.test(text) ? Number(text) : undefined;
}

/** Milliseconds of a header's date. Only a date with a weekday: `Date.parse` would read almost anything. */
export function readHttpDate(text: string): number | undefined {
  const milliseconds = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
