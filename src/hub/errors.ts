import type { NetworkCause } from './http/networkCause';

/**
 * What went wrong, as far as callers and messages distinguish it.
 *
 * - `unauthenticated`: 401; the credentials are wrong, or the token is missing, expired or revoked
 * - `forbidden`: 403; the plan, the role or the scope of the token does not allow it
 * - `notFound`: 404; the resource does not exist or is not visible
 * - `gone`: 404 for the route itself; the server does not offer this operation
 * - `rateLimited`: 429
 * - `rejected`: any other 4xx; the server understood the route and refused the request
 * - `server`: 5xx
 * - `network`: the connection failed before or during the answer
 * - `timeout`: no answer in time
 * - `cancelled`: the caller's signal aborted, or the client was disposed
 * - `redirected`: 3xx; redirects are not followed
 * - `tooLarge`: the body exceeds the limit of this client
 * - `protocol`: the answer has an unexpected shape
 * - `accessTokenNeeded`: the registry does not accept Docker Hub's bearer tokens, and no access token is stored
 * - `usernameUnknown`: the sign-in was accepted, and the server does not say for which user name
 * - `dryRunMismatch`: `dry_run` in the answer differs from the request
 */
export type HubErrorKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'notFound'
  | 'gone'
  | 'rateLimited'
  | 'rejected'
  | 'server'
  | 'network'
  | 'timeout'
  | 'cancelled'
  | 'redirected'
  | 'tooLarge'
  | 'protocol'
  | 'accessTokenNeeded'
  | 'usernameUnknown'
  | 'dryRunMismatch';

/** Facts about a failed request. None of them may contain a secret or a query string. */
export interface HubErrorFacts {
  readonly method: string;
  /** Path of the request, without its query. */
  readonly path: string;
  readonly status?: number;
  /** Docker Hub's transaction ID, which its support asks for. */
  readonly txnid?: string;
  /** How long the server asks to wait before the next request. */
  readonly retryAfterMs?: number;
  /** The server's own reason, as plain text of limited length. */
  readonly reason?: string;
  /** A registry's code for the reason, such as `MANIFEST_UNKNOWN`. */
  readonly code?: string;
  /** Why the connection failed, with `network`, if that is known. */
  readonly networkCause?: NetworkCause;
  /** Whether the request was a dry run, with `dryRunMismatch`. */
  readonly isDryRun?: boolean;
  /** The code of Node.js, OpenSSL or the system behind it, such as `ECONNREFUSED`. */
  readonly networkCode?: string;
  /** Set if the request was certainly not sent and had no effect. Otherwise it may or may not have been sent. */
  readonly neverSent?: true;
  readonly cause?: unknown;
}

/** A request that failed. Its message is for logs; `texts/errors.ts` creates the text for users. */
export class HubError extends Error {
  override readonly name = 'HubError';
  readonly kind: HubErrorKind;
  readonly method: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly txnid: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly reason: string | undefined;
  readonly code: string | undefined;
  readonly networkCause: NetworkCause | undefined;
  readonly isDryRun: boolean;
  readonly networkCode: string | undefined;
  readonly neverSent: boolean;

  constructor(kind: HubErrorKind, facts: HubErrorFacts) {
    super(summary(kind, facts), { cause: facts.cause });
    this.kind = kind;
    this.method = facts.method;
    this.path = facts.path;
    this.status = facts.status;
    this.txnid = facts.txnid;
    this.retryAfterMs = facts.retryAfterMs;
    this.reason = facts.reason;
    this.code = facts.code;
    this.networkCause = facts.networkCause;
    this.isDryRun = facts.isDryRun ?? false;
    this.networkCode = facts.networkCode;
    this.neverSent = facts.neverSent ?? false;
  }
}

/** Whether the value is a `HubError`, and of one of these kinds if any are given. */
export function isHubError(error: unknown, ...kinds: readonly HubErrorKind[]): error is HubError {
  return error instanceof HubError && (kinds.length === 0 || kinds.includes(error.kind));
}

/**
 * The same failure for a request that was not sent because of it.
 *
 * @param error Of a request that had to come first.
 * @param method Of the request that was not sent, if the failure names none.
 */
export function neverSent(error: unknown, method: string): HubError {
  const {
    method: failed,
    path,
    status,
    reason,
    networkCause,
    networkCode,
  } = isHubError(error)
    ? error
    : {
        method,
        path: '',
        status: undefined,
        reason: undefined,
        networkCause: undefined,
        networkCode: undefined,
      };
  return new HubError(isHubError(error) ? error.kind : 'cancelled', {
    method: failed,
    path,
    ...(status !== undefined && { status }),
    ...(reason !== undefined && { reason }),
    ...(networkCause !== undefined && { networkCause }),
    ...(networkCode !== undefined && { networkCode }),
    neverSent: true,
    cause: error,
  });
}

/** Kinds of an answer that refuses a request as a whole. */
const refusalKinds = [
  'unauthenticated',
  'forbidden',
  'notFound',
  'gone',
  'rateLimited',
  'rejected',
] as const satisfies readonly HubErrorKind[];

/** 408: a gateway has lost patience, with the client or with the server. */
const requestTimeout = 408;

/** Whether the server has refused the request, so that it certainly had no effect. */
export function isRefusal(error: unknown): error is HubError {
  return isHubError(error, ...refusalKinds) && error.status !== requestTimeout;
}

/** HTTP statuses of a server that does not have the route. */
const notOfferedStatuses: readonly (number | undefined)[] = [404, 405, 501];

/** Whether the server does not have the route at all. */
export function isNotOffered(error: unknown): error is HubError {
  return isHubError(error) && notOfferedStatuses.includes(error.status);
}

/** Whether the error only means that the caller aborted the request or a wait, so that nothing has to be shown. */
export function isCancelled(error: unknown): boolean {
  return isHubError(error, 'cancelled') || (error instanceof Error && error.name === 'AbortError');
}

function summary(kind: HubErrorKind, facts: HubErrorFacts): string {
  const status = facts.status === undefined ? '' : ` ${facts.status}`;
  const reason = facts.reason === undefined ? '' : `: ${facts.reason}`;
  return `${facts.method} ${facts.path}${status} ${kind}${reason}`;
}
