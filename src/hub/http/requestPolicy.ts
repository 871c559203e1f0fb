import { type HubError, type HubErrorKind, isHubError } from '../errors';
import { isLasting } from './networkCause';

/**
 * What a request changes on the server.
 *
 * - `none`: nothing; every GET, and a dry run
 * - `login`: it exchanges credentials; repeated failures lock the account
 * - `delete`: it deletes; if its answer is lost, only a new listing shows what happened
 */
export type RequestEffect = 'none' | 'login' | 'delete';

interface EffectPolicy {
  /** Whether the request may be repeated automatically, after a transient failure or after signing in again. */
  readonly isRepeatable: boolean;
  /** Whether the caller can abort it once it was sent. Otherwise it can only be withdrawn while it waits. */
  readonly isAbortable: boolean;
  /** Whether it carries the bearer token. */
  readonly sendsToken: boolean;
  /** Whether it waits in the queue. A login does not, because requests that occupy the queue may wait for it. */
  readonly isQueued: boolean;
}

/** How a request is treated, depending on its effect. */
export const effectPolicies: Readonly<Record<RequestEffect, EffectPolicy>> = {
  none: { isRepeatable: true, isAbortable: true, sendsToken: true, isQueued: true },
  login: { isRepeatable: false, isAbortable: true, sendsToken: false, isQueued: false },
  delete: { isRepeatable: false, isAbortable: false, sendsToken: true, isQueued: true },
};

/** How often a repeatable request is sent at most, including the first attempt. */
export const attemptLimit = 4;

/** Longest automatic pause. If the server asks for more, the request fails and the user decides. */
export const longestPauseMs = 120_000;

interface Backoff {
  /** Before the second attempt; doubled for each further attempt. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Kinds of failure that may go away on their own. */
const transientKinds = ['network', 'server', 'rateLimited'] as const satisfies readonly HubErrorKind[];
/** A failure after which the same request may succeed. */
export type TransientKind = (typeof transientKinds)[number];

/** Why requests are held back, and until when by the clock of this computer; shown as a countdown. */
export interface HubPause {
  readonly reason: TransientKind;
  readonly until: Date;
}

/** Pauses if the server asks for none. `timeout` is missing because the user has waited long enough already. */
const backoffs: Readonly<Record<TransientKind, Backoff>> = {
  network: { firstMs: 500, longestMs: 8_000 },
  server: { firstMs: 500, longestMs: 8_000 },
  /** Docker Hub counts requests per minute, so a shorter pause rarely helps. */
  rateLimited: { firstMs: 10_000, longestMs: 60_000 },
};

/** 501: the server does not support the operation, which is not transient. */
const notImplemented = 501;

/** Whether the same request may succeed if it is sent again: most network failures, 429, and 5xx except 501. */
export function isTransient(error: unknown): error is HubError & { readonly kind: TransientKind } {
  return (
    isHubError(error, ...transientKinds) && error.status !== notImplemented && !isLasting(error.networkCause)
  );
}

/**
 * Calculates the pause before the next attempt. It is what the server asks for. If it asks for nothing, the pause grows
 * exponentially and is spread at random, so that requests that failed together are not repeated together.
 *
 * @param attempt Number of the attempt that failed, from 1.
 * @param random From 0 (half the pause) to 1 (the whole pause).
 * @returns Milliseconds; may exceed {@link longestPauseMs} if the server asks for it.
 */
export function pauseMsAfter(
  error: { readonly kind: TransientKind; readonly retryAfterMs: number | undefined },
  attempt: number,
  random: number,
): number {
  const { firstMs, longestMs } = backoffs[error.kind];
  const backoffMs = Math.min(longestMs, firstMs * 2 ** (attempt - 1)) * (0.5 + random / 2);
  return error.retryAfterMs ?? Math.round(backoffMs);
}

/** Largest body that is read, in bytes after decompression. For comparison: a page of 100 images has about 50 kB. */
export const bodyLimitBytes = 32 * 1024 * 1024;

/** How many bytes of an error's body are searched for a reason. */
export const errorBodyLimitBytes = 256 * 1024;
