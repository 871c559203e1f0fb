/** Maximum number of images deleted at a time. */
const imagesAtOnce = 4;

/** Number of images after which what is known about the repository is too old. */
const imagesPerLook = 5;

/** Milliseconds after which what is known about the repository is too old. */
const lookLifetimeMs = 5_000;

type Look = () => Promise<void>;

/** One image that waits for its turn. */
interface Turn {
  readonly look: Look;
  readonly step: () => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Decides when the next image of a run may be deleted: the first one alone, then at most four at a time, and none with
 * knowledge that is older than five images or five seconds. The next look is taken while images are being deleted, so
 * that they rarely wait for it.
 */
export class RemovalPace {
  readonly #now: () => Date;
  readonly #turns: Turn[] = [];
  #active = 0;
  #started = 0;
  #hasFirstEnded = false;
  /** Number of images started when the last complete look began, and the time when it ended. */
  #known: { readonly started: number; readonly at: number };
  #looking = false;

  /** @param readAt When the reading began that is known at first. */
  constructor(now: () => Date, readAt: Date) {
    this.#now = now;
    this.#known = { started: 0, at: readAt.getTime() };
  }

  /**
   * Runs one step when it is its turn.
   *
   * @param look Refreshes what is known.
   * @throws The error of the look or of the step.
   */
  run(look: Look, step: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#turns.push({ look, step, resolve, reject });
      this.#advance();
    });
  }

  #advance(): void {
    for (let turn = this.#turns[0]; turn !== undefined && this.#isFree(); turn = this.#turns[0]) {
      if (!this.#isFresh()) {
        this.#lookWith(turn.look);
        return;
      }
      this.#turns.shift();
      void this.#begin(turn);
    }
    const [next] = this.#turns;
    const isAhead = this.#started > this.#known.started;
    if (next !== undefined && isAhead && this.#hasFirstEnded) {
      this.#lookWith(next.look); // while others are being deleted
    }
  }

  #isFree(): boolean {
    return this.#hasFirstEnded ? this.#active < imagesAtOnce : this.#started === 0;
  }

  #isFresh(): boolean {
    const { started, at } = this.#known;
    return this.#started - started < imagesPerLook && this.#now().getTime() - at < lookLifetimeMs;
  }

  async #begin({ step, resolve, reject }: Turn): Promise<void> {
    this.#active += 1;
    this.#started += 1;
    try {
      await step();
      resolve();
    } catch (error) {
      reject(error);
    } finally {
      this.#active -= 1;
      this.#hasFirstEnded = true;
      this.#advance();
    }
  }

  #lookWith(look: Look): void {
    if (this.#looking) {
      return;
    }
    this.#looking = true;
    const started = this.#started;
    look().then(
      () => {
        this.#looking = false;
        // An answer that took long is as new as any could be; counted from its request, it could be too old at once.
        this.#known = { started, at: this.#now().getTime() };
        this.#advance();
      },
      (error: unknown) => {
        this.#looking = false;
        this.#turns.splice(0).forEach(({ reject }) => {
          reject(error);
        });
      },
    );
  }
}
