/**
 * What went wrong, as far as a reader must tell it apart.
 *
 * - `unauthenticated`: 401; the credentials are wrong or the token is missing, expired or revoked
 * - `forbidden`: 403; the plan, the role or the token's scope does not allow it
 * - `notFound`: 404; the thing does not exist or is not visible
 * - `gone`: 404 for the route itself; the server does not offer this operation
 * - `rateLimited`: 429
 * - `rejected`: any other 4xx; the server understood the route and refused the request
 * - `server`: 5xx
 * - `network`: no answer, or the connection broke
 * - `timeout`: no answer in time
 * - `cancelled`: the caller's signal
 * - `redirected`: the answer points to another address, which is never followed
 * - `tooLarge`: the body is larger than this client reads
 * - `protocol`: an answer of the wrong shape
 * - `accessTokenNeeded`: the registry takes no bearer of the Hub, and no access token is kept to sign in there
 * - `dryRunMismatch`: the answer's `dry_run` is not the request's
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
  | 'dryRunMismatch';

/** Facts about the failed request. None of them may hold a secret or a query string. */
export interface HubErrorFacts {
  readonly method: string;
  /** Path of the request, without its query. */
  readonly path: string;
  readonly status?: number;
  /** The Hub's own transaction id, for its support. */
  readonly txnid?: string;
  /** How long the server asks to wait before the next request. */
  readonly retryAfterMs?: number;
  /** The Hub's own reason, as plain text of limited length. */
  readonly reason?: string;
  /** The request was withdrawn, or could not be made, before it left, so it had no effect. Without it nothing is said. */
  readonly neverSent?: true;
  readonly cause?: unknown;
}

/** A request to the Hub that failed. Words for people are made from it by `util/describeError.ts`. */
export class HubError extends Error {
  override readonly name = 'HubError';
  readonly kind: HubErrorKind;
  readonly method: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly txnid: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly reason: string | undefined;
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
    this.neverSent = facts.neverSent ?? false;
  }
}

export function isHubError(error: unknown, ...kinds: readonly HubErrorKind[]): error is HubError {
  return error instanceof HubError && (kinds.length === 0 || kinds.includes(error.kind));
}

/** Whether the error only says that the caller gave up. */
export function isCancelled(error: unknown): boolean {
  return isHubError(error, 'cancelled');
}

function summary(kind: HubErrorKind, facts: HubErrorFacts): string {
  const status = facts.status === undefined ? '' : ` ${facts.status}`;
  const reason = facts.reason === undefined ? '' : `: ${facts.reason}`;
  return `${facts.method} ${facts.path}${status} ${kind}${reason}`;
}
