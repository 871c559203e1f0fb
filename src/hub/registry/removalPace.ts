/** Maximum number of images deleted at a time. */
export const imagesAtOnce = 4;

/** Number of images after which what is known about the repository is too old. */
const imagesPerLook = 5;

/**
 * Number of images after which the next look begins. As late as possible, because a look counts for the images that are
 * started after it began: an earlier one would use up the limit while images are still being deleted.
 */
const imagesBeforeLook = imagesPerLook - 1;

/** Milliseconds after which what is known about the repository, or about one tag, is too old. */
const lookLifetimeMs = 5_000;

type Look = () => Promise<void>;

/** Deletes one image. */
type Step = () => Promise<void>;

/** One image that waits for its turn. */
interface Turn {
  readonly look: Look;
  readonly step: Step;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Decides when the next image of a run may be deleted: the first one alone, then at most four at a time, and none with
 * knowledge that is older than five images or five seconds. The next look is taken while images are being deleted, also
 * while the last ones of a request are, so that they rarely wait for it.
 */
export class RemovalPace {
  readonly #now: () => Date;
  /** Number of images of all requests of the run. */
  readonly #total: number;
  readonly #turns: Turn[] = [];
  #active = 0;
  #started = 0;
  #hasFirstEnded = false;
  /** Number of images started when the last complete look began, and the time when it ended. */
  #known: { readonly started: number; readonly at: number };
  #look: Promise<void> | undefined;
  /** Of the image that came last. */
  #lastLook: Look | undefined;
  /** Why a look failed for which no image waited: those that come later fail with it. */
  #failure: { readonly error: unknown } | undefined;

  /**
   * @param readAt When the reading began that is known at first.
   * @param total Number of images of all requests of the run.
   */
  constructor(now: () => Date, readAt: Date, total: number) {
    this.#now = now;
    this.#total = total;
    this.#known = { started: 0, at: readAt.getTime() };
  }

  /**
   * Runs the steps that delete the images of one request, each when it is its turn.
   *
   * @param look Refreshes what is known.
   * @returns What became of each: done, or the error of the look or of the step.
   */
  async run(look: Look, steps: readonly Step[]): Promise<readonly PromiseSettledResult<void>[]> {
    const failure = this.#failure;
    if (failure !== undefined) {
      return steps.map(() => ({ status: 'rejected', reason: failure.error }));
    }
    this.#lastLook = look;
    const ended = steps.map(
      (step) =>
        new Promise<void>((resolve, reject) => {
          this.#turns.push({ look, step, resolve, reject });
        }),
    );
    this.#advance();
    return Promise.allSettled(ended);
  }

  /** The time, for {@link isRecent}. */
  time(): number {
    return this.#now().getTime();
  }

  /** Whether what was learned at that time is new enough to delete by it. */
  isRecent(time: number): boolean {
    return this.time() - time < lookLifetimeMs;
  }

  /**
   * Looks again in the middle of a step that takes long.
   *
   * @param look Refreshes what is known.
   * @returns Whether that was needed.
   * @throws The error of the look.
   */
  async refresh(look: Look): Promise<boolean> {
    if (this.isRecent(this.#known.at)) {
      return false;
    }
    await (this.#look ?? this.#lookWith(look));
    return true;
  }

  #advance(): void {
    for (let turn = this.#turns[0]; turn !== undefined && this.#isFree(); turn = this.#turns[0]) {
      if (!this.#isFresh()) {
        this.#lookAhead(turn.look);
        return;
      }
      this.#turns.shift();
      void this.#begin(turn);
    }
    if (this.#isLookDue() && this.#lastLook !== undefined) {
      this.#lookAhead(this.#lastLook); // while others are being deleted
    }
  }

  /** The last images of a request are a good time for a look, because no other image is started until they are gone. */
  #isLookDue(): boolean {
    const sinceLook = this.#started - this.#known.started;
    const isBusy = this.#hasFirstEnded && this.#active > 0;
    const hasMore = this.#started < this.#total;
    return isBusy && hasMore && sinceLook >= (this.#turns.length === 0 ? 1 : imagesBeforeLook);
  }

  #lookAhead(look: Look): void {
    if (this.#look === undefined) {
      this.#lookWith(look).catch(() => undefined); // those that wait for it have the error
    }
  }

  #isFree(): boolean {
    return this.#hasFirstEnded ? this.#active < imagesAtOnce : this.#started === 0;
  }

  #isFresh(): boolean {
    const { started, at } = this.#known;
    return this.#started - started < imagesPerLook && this.isRecent(at);
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

  /** Takes a look for those that wait for their turn. If it fails, they fail, and so does what is returned. */
  #lookWith(look: Look): Promise<void> {
    const started = this.#started;
    const looking = look().then(
      () => {
        this.#look = undefined;
        // An answer that took long is as new as any could be; counted from its request, it could be too old at once.
        this.#known = { started, at: this.time() };
        this.#advance();
      },
      (error: unknown) => {
        this.#look = undefined;
        const waiting = this.#turns.splice(0);
        waiting.forEach(({ reject }) => {
          reject(error);
        });
        this.#failure = waiting.length === 0 ? { error } : undefined;
        throw error;
      },
    );
    this.#look = looking;
    return looking;
  }
}
