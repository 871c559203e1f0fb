import { type HubError, type HubErrorKind, isHubError } from '../errors';

/**
 * What a request may do at the server.
 *
 * - `none`: it changes nothing: every GET, and a dry run
 * - `login`: it exchanges credentials; repeated failures lock the account
 * - `delete`: it deletes; when its answer is lost, only a new listing can tell what happened
 */
export type RequestEffect = 'none' | 'login' | 'delete';

interface EffectPolicy {
  /** Whether the same request may be sent again by itself, after a failure or after signing in again. */
  readonly isRepeatable: boolean;
  /** Whether the caller may give it up once it was sent; else it can only be withdrawn while it waits to be. */
  readonly isAbortable: boolean;
  /** Whether the bearer token goes with it. */
  readonly sendsToken: boolean;
  /** Whether it takes its turn among the others. A login does not: those that have theirs may be waiting for it. */
  readonly isQueued: boolean;
}

/** What follows from the effect of a request. */
export const effectPolicies: Readonly<Record<RequestEffect, EffectPolicy>> = {
  none: { isRepeatable: true, isAbortable: true, sendsToken: true, isQueued: true },
  login: { isRepeatable: false, isAbortable: true, sendsToken: false, isQueued: false },
  delete: { isRepeatable: false, isAbortable: false, sendsToken: true, isQueued: true },
};

/** How often a repeatable request is sent, the first time included. */
export const attemptLimit = 4;

/** A server that asks for a longer pause is not waited for: the person decides. */
export const longestPauseMs = 120_000;

interface Backoff {
  /** Before the second attempt; doubled for each further one. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Kinds of failure that may pass by themselves. */
const transientKinds = ['network', 'server', 'rateLimited'] as const satisfies readonly HubErrorKind[];
export type TransientKind = (typeof transientKinds)[number];

/** Why requests are held back, and until when by the clock of this computer; shown as a countdown. */
export interface HubPause {
  readonly reason: TransientKind;
  readonly until: Date;
}

/** Pauses where the server asks for none. A timeout has none: the person has waited long enough already. */
const backoffs: Readonly<Record<TransientKind, Backoff>> = {
  network: { firstMs: 500, longestMs: 8_000 },
  server: { firstMs: 500, longestMs: 8_000 },
  /** The Hub counts by the minute, so soon is too soon. */
  rateLimited: { firstMs: 10_000, longestMs: 60_000 },
};

/** The server does not know the method or operation, and will not in a minute either. */
const notImplemented = 501;

/** Whether the failure may pass by itself. */
export function isTransient(error: unknown): error is HubError & { readonly kind: TransientKind } {
  return isHubError(error, ...transientKinds) && error.status !== notImplemented;
}

/**
 * Pause before the next attempt: what the server asks for, else exponential, and spread so that requests that failed
 * together do not return together.
 *
 * @param attempt The attempt that failed, from 1.
 * @param random From 0 to 1.
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

/** Largest body that is read, in bytes after decompression. A page of 100 images has about 50 kB. */
export const bodyLimitBytes = 32 * 1024 * 1024;

/** Of an error's body no more than this is looked at for a reason. */
export const errorBodyLimitBytes = 256 * 1024;
