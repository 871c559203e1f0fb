import type { RateLimit } from './rateLimit';
import { longestPauseMs } from './requestPolicy';

/** Windows are identified by their end in whole seconds, which the hosts of one server may round differently. */
const resolutionMs = 1_000;

/** The period in which the server counts requests up to its limit. Times are Unix milliseconds. */
interface Window {
  /** Its end by the server's clock, which identifies it in answers. */
  readonly serverResetAt: number;
  readonly limit: number | undefined;
  /** The lowest number reported by an answer, minus the requests that got no answer since. */
  remaining: number;
  /**
   * Its end by this computer's clock. `undefined` once it has passed and no answer has reported the next window yet.
   */
  endsAt: number | undefined;
  /** Whether a 429 has set the end. Answers that were in transit at that time do not shorten it. */
  isRefusing: boolean;
}

/** Why the next request must wait. */
export interface BudgetHold {
  /** Longest wait in milliseconds; `undefined` if the next request waits for the answer of one in flight. */
  readonly ms: number | undefined;
  /** Whether no requests are left. Otherwise the answers of requests in flight may allow more. */
  readonly isUsedUp: boolean;
  /** Identifies the window: the same object for as long as it lasts. */
  readonly window: object;
}

/** One request's share of the budget, from before it is sent until it ends. */
export interface RequestClaim {
  /** The request is handed to the network. From now on the server may have counted it. */
  markSent(): void;
  /**
   * An answer other than 429 arrived.
   *
   * @param reported Its rate limit; `undefined` if it has none.
   */
  update(reported: RateLimit | undefined): void;
  /**
   * A 429 arrived: no requests are left for as long as the server says.
   *
   * @param retryAfterMs Takes precedence over the end of the reported window.
   */
  refuse(reported: RateLimit | undefined, retryAfterMs: number | undefined): void;
  /** The request succeeded, failed or was withdrawn. Without an answer it counts as used if it was sent. */
  end(): void;
}

/**
 * Counts how many requests the server still accepts according to its answers (`X-RateLimit-*`), so that the client
 * slows down before it reaches the limit. Requests are not held back if the server reports no limit or no end of the
 * window, or if the end is more than {@link longestPauseMs} away; then the user decides.
 *
 * - Requests in flight are assumed not to be counted in `remaining` yet. It is therefore never exceeded, whatever the
 *   order of the answers, and becomes exact as they arrive.
 * - After a window was used up, a single request is sent, and its answer describes the next window. If the reported end
 *   was too early, this costs one 429 instead of one for each concurrent request.
 * - After a 429 no requests are left, whatever other answers reported: other clients may share the limit, or it may be
 *   a different limit. Its `Retry-After` takes precedence over its end of the window.
 * - There is one budget per client. If a server has several windows, the one that ends last counts. A login uses one
 *   request but is never held back, because other requests may wait for it. Its answer is ignored, because Docker Hub
 *   limits logins separately and more strictly.
 * - The registry's pull quota (`ratelimit-remaining: 20;w=21600`) is not a budget: it counts pulls instead of requests,
 *   comes with every HEAD, which is not a pull, and has the length of its window but not the end.
 */
export class RequestBudget {
  readonly #now: () => Date;
  readonly #inFlight = new Set<Claim>();
  #window: Window | undefined;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Checks whether the next request must wait. @returns `undefined` if it may be sent. */
  hold(): BudgetHold | undefined {
    const window = this.#current();
    if (window === undefined || window.remaining > this.#inFlight.size) {
      return undefined;
    }
    const { endsAt } = window;
    if (endsAt === undefined) {
      const isAsked = [...this.#inFlight].some((claim) => claim.window === window);
      return isAsked ? { window, ms: undefined, isUsedUp: false } : undefined;
    }
    const ms = endsAt - this.#now().getTime();
    return ms > longestPauseMs ? undefined : { window, ms, isUsedUp: window.remaining <= 0 };
  }

  /** Records that the wait is over. Has no effect if another window has begun meanwhile. */
  endHold({ window }: BudgetHold): void {
    if (this.#window === window) {
      this.#endWindow(this.#window);
    }
  }

  /** Begins a request. Called for every request, including those that are never held back. */
  claim(): RequestClaim {
    const claim: Claim = new Claim(this.#current(), {
      onDidRefuse: (reported, retryAfterMs) => {
        this.#refuse(reported, retryAfterMs);
      },
      onDidAnswer: (reported) => {
        this.#update(claim.window, reported);
      },
      onDidEnd: (isLost) => {
        this.#inFlight.delete(claim);
        if (isLost && this.#window !== undefined) {
          this.#window.remaining -= 1; // the server may have counted it
        }
      },
    });
    this.#inFlight.add(claim);
    return claim;
  }

  #current(): Window | undefined {
    if (this.#window?.endsAt !== undefined && this.#window.endsAt <= this.#now().getTime()) {
      this.#endWindow(this.#window);
    }
    return this.#window;
  }

  #endWindow({ serverResetAt, limit = Infinity, remaining }: Window): void {
    this.#window = {
      serverResetAt,
      limit,
      remaining: remaining > 0 ? limit : 0,
      endsAt: undefined,
      isRefusing: false,
    };
  }

  #refuse(reported: RateLimit | undefined, retryAfterMs: number | undefined): void {
    const now = this.#now().getTime();
    const endsAt = retryAfterMs === undefined ? reported?.resetAt?.getTime() : now + retryAfterMs;
    if (endsAt === undefined || endsAt - now > longestPauseMs) {
      return;
    }
    const known = this.#current();
    const serverResetAt = reported?.serverResetAt?.getTime() ?? known?.serverResetAt ?? Infinity;
    const limit = reported?.limit ?? known?.limit;
    const isKnown = known?.endsAt !== undefined && serverResetAt <= known.serverResetAt + resolutionMs;
    this.#window = Object.assign(isKnown ? known : { serverResetAt, limit }, {
      remaining: 0,
      endsAt,
      isRefusing: true,
    });
  }

  /** @param sentIn The window that was known when the request was sent. */
  #update(sentIn: Window | undefined, reported: RateLimit | undefined): void {
    const known = this.#current();
    const isFirst = known === undefined || (known.endsAt === undefined && known === sentIn);
    const next = windowOf(reported);
    if (next?.endsAt === undefined || next.endsAt <= this.#now().getTime()) {
      this.#window = isFirst ? undefined : known; // the server, or this part of it, reports no limit
    } else if (isFirst || next.serverResetAt > known.serverResetAt + resolutionMs) {
      this.#window = next;
    } else if (
      known.endsAt !== undefined &&
      !known.isRefusing &&
      next.serverResetAt >= known.serverResetAt - resolutionMs
    ) {
      known.remaining = Math.min(known.remaining, next.remaining);
      known.endsAt = Math.min(known.endsAt, next.endsAt); // the answer with the shortest latency
    } // else it describes a window that has ended
  }
}

function windowOf(reported: RateLimit | undefined): Window | undefined {
  const { limit, remaining, serverResetAt, resetAt } = reported ?? {};
  if (remaining === undefined || serverResetAt === undefined || resetAt === undefined) {
    return undefined;
  }
  return {
    serverResetAt: serverResetAt.getTime(),
    limit,
    remaining: Math.min(remaining, limit ?? Infinity),
    endsAt: resetAt.getTime(),
    isRefusing: false,
  };
}

interface ClaimEvents {
  readonly onDidRefuse: (reported: RateLimit | undefined, retryAfterMs: number | undefined) => void;
  readonly onDidAnswer: (reported: RateLimit | undefined) => void;
  /** @param isLost Whether it was sent and got no answer. */
  readonly onDidEnd: (isLost: boolean) => void;
}

class Claim implements RequestClaim {
  readonly window: Window | undefined;
  readonly #events: ClaimEvents;
  #isUnanswered = false;

  constructor(window: Window | undefined, events: ClaimEvents) {
    this.window = window;
    this.#events = events;
  }

  markSent(): void {
    this.#isUnanswered = true;
  }

  refuse(reported: RateLimit | undefined, retryAfterMs: number | undefined): void {
    this.#isUnanswered = false;
    this.#events.onDidRefuse(reported, retryAfterMs);
  }

  update(reported: RateLimit | undefined): void {
    this.#isUnanswered = false;
    this.#events.onDidAnswer(reported);
  }

  end(): void {
    this.#events.onDidEnd(this.#isUnanswered);
  }
}
