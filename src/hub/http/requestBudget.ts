import type { RateLimit } from './rateLimit';
import { longestPauseMs } from './requestPolicy';

/** Windows are told apart by whole seconds, and two computers of one server may round differently. */
const resolutionMs = 1_000;

/** The time in which the server counts requests up to its limit. */
interface Window {
  /** Its end by the server's clock, by which answers name it. */
  readonly serverResetAt: number;
  readonly limit: number | undefined;
  /** The least that an answer has told, without requests that were lost since. */
  remaining: number;
  /** Its end by this computer's clock; `undefined` once that has passed: of the window that follows nobody has told yet. */
  endsAt: number | undefined;
  /** A 429 has told the end; what other answers say, which were on their way, does not shorten it. */
  isRefusing: boolean;
}

/** Why the next request is not to be sent yet. */
export interface BudgetHold {
  /** For so long at most; `undefined` until a request under way is answered. */
  readonly ms: number | undefined;
  /** Whether nothing is left; else an answer may still make room. */
  readonly isUsedUp: boolean;
  /** The same object as long as the window is the same. */
  readonly window: object;
}

/** One request's share of the budget, from before it is sent until it has ended. */
export interface RequestClaim {
  /** It is handed to the network: from now on the server may have counted it. */
  markSent(): void;
  /** Its answer has come. */
  update(reported: RateLimit | undefined): void;
  /** Its answer has come: it was one too many, and so are others for as long as the server says. */
  refuse(reported: RateLimit | undefined, retryAfterMs: number | undefined): void;
  end(): void;
}

/**
 * How many requests the server still takes, as far as its answers tell (`X-RateLimit-*`), so that the client slows down
 * before the limit instead of running into it. Nothing is held back where the server tells no limit, no end of the
 * window, or one so far away that the person decides ({@link longestPauseMs}).
 *
 * - Every request under way is taken to be not yet counted, so `remaining` is never overdrawn, whatever the order of
 *   the answers. As they come, it becomes exact.
 * - A window that was used up is followed by one request alone, whose answer tells of the next: an end that was told
 *   too early then costs one 429 and not as many as run at once.
 * - After a 429 nothing is left, whatever else was told: others may share the limit, or it may be another one. Its
 *   `Retry-After` comes before its end of the window.
 * - There is one budget a client. Of a server with several windows the one that ends last counts. A login is taken for
 *   one request less, but it is never held back, because others may be waiting for it, and its answer tells nothing: the
 *   Hub counts logins apart, and more strictly.
 * - The registry's pull quota (`ratelimit-remaining: 20;w=21600`) is none: it counts pulls and not requests, comes with
 *   every HEAD, which is no pull, and says how long its window is but not when it ends.
 */
export class RequestBudget {
  readonly #now: () => Date;
  readonly #inFlight = new Set<Claim>();
  #window: Window | undefined;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** @returns `undefined` when the next request may be sent. */
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

  /** The end of that hold has been waited for. */
  endHold({ window }: BudgetHold): void {
    if (this.#window === window) {
      this.#endWindow(this.#window);
    }
  }

  /** Made for every request, whether it was held back or not. */
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

  /** @param sentIn What was known when the request was sent. */
  #update(sentIn: Window | undefined, reported: RateLimit | undefined): void {
    const known = this.#current();
    const isFirst = known === undefined || (known.endsAt === undefined && known === sentIn);
    const next = windowOf(reported);
    if (next?.endsAt === undefined || next.endsAt <= this.#now().getTime()) {
      this.#window = isFirst ? undefined : known; // the server, or this part of it, tells no limit
    } else if (isFirst || next.serverResetAt > known.serverResetAt + resolutionMs) {
      this.#window = next;
    } else if (
      known.endsAt !== undefined &&
      !known.isRefusing &&
      next.serverResetAt >= known.serverResetAt - resolutionMs
    ) {
      known.remaining = Math.min(known.remaining, next.remaining);
      known.endsAt = Math.min(known.endsAt, next.endsAt); // the answer that was on its way for the shortest time
    } // else it tells of a window that has ended
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
  /** @param isLost It was sent, and no answer has come. */
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
