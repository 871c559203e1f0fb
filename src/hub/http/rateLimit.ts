/** Headers of an answer. Names are case-insensitive; `null` means that the header is missing. */
export interface HeaderReader {
  get(name: string): string | null;
}

/** The server's rate limit according to one answer. Values that the answer does not contain are `undefined`. */
export interface RateLimit {
  /** Requests allowed in one window. */
  readonly limit: number | undefined;
  /** Requests left in the current window. */
  readonly remaining: number | undefined;
  /** End of the window by the server's clock. All answers of one window have the same value. */
  readonly serverResetAt: Date | undefined;
  /** End of the window by this computer's clock. It varies between answers with the network latency. */
  readonly resetAt: Date | undefined;
  /** Length of a window. Docker Hub does not send it; its registry does. */
  readonly windowMs: number | undefined;
}

/**
 * Reads Docker Hub's `X-RateLimit-Limit`, `-Remaining` and `-Reset` (Unix seconds). If there are none, reads the
 * registry's `ratelimit-limit` and `ratelimit-remaining`, which look like `100;w=21600`.
 *
 * @param now Time of this computer.
 * @returns `undefined` if the answer has none of them, or comes from a cache and so describes the past.
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
 * Reads how long the server asks to wait: `Retry-After` (seconds or an HTTP date), else `X-Retry-After` (Unix seconds).
 * Times are compared with the server's own `Date`, because this computer's clock may be wrong by hours.
 *
 * @param now Time of this computer; used only if the answer has no `Date`.
 * @returns `undefined` if neither header has a valid value.
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

/**
 * Parses an HTTP date into Unix milliseconds. It must begin with a weekday, because `Date.parse` accepts almost
 * anything.
 *
 * @returns `undefined` if the text is not an HTTP date.
 */
export function readHttpDate(text: string): number | undefined {
  const milliseconds = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
