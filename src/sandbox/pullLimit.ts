export interface PullLimitOptions {
  /** Manifests that one account may read in one window. */
  readonly pulls: number;
  /** Length of a window, which begins with its first pull. Docker Hub has six hours, or one. */
  readonly windowSeconds: number;
}

/** The state of the limit after a pull was counted, or as a request that has no effect sees it. */
export interface CountedPull {
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it was one too many. */
  readonly isRefused: boolean;
}

interface Window {
  readonly endsAt: number;
  taken: number;
}

/** Counts pulls as Docker's registry does: reading a manifest is one, asking for its headers is none. */
export class PullLimit {
  readonly #options: PullLimitOptions;
  readonly #windows = new Map<string, Window>();

  constructor(options: PullLimitOptions) {
    this.#options = options;
  }

  /** @param account Empty for nobody; anonymous callers share one window. */
  count(account: string, now: Date): CountedPull {
    const window = this.#windowOf(account, now);
    const isRefused = window.taken >= this.#options.pulls;
    window.taken += isRefused ? 0 : 1;
    this.#windows.set(account, window);
    return { headers: this.#headersOf(window), isRefused };
  }

  look(account: string, now: Date): CountedPull {
    return { headers: this.#headersOf(this.#windowOf(account, now)), isRefused: false };
  }

  #windowOf(account: string, now: Date): Window {
    const known = this.#windows.get(account);
    return known !== undefined && now.getTime() < known.endsAt
      ? known
      : { endsAt: now.getTime() + this.#options.windowSeconds * 1000, taken: 0 };
  }

  #headersOf({ taken }: Window): Readonly<Record<string, string>> {
    const { pulls, windowSeconds } = this.#options;
    return {
      'ratelimit-limit': `${pulls};w=${windowSeconds}`,
      'ratelimit-remaining': `${pulls - taken};w=${windowSeconds}`,
    };
  }
}
