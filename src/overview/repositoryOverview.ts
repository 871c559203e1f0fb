import { isCancelled, isHubError } from '../hub/errors';
import type { ImageApi } from '../hub/imageApi';
import { type Inventory, readInventory } from '../hub/listing/inventory';
import { agreesWithSummary, inventoryAt } from '../hub/listing/inventoryAt';
import { PageCache } from '../hub/listing/pageCache';
import type { ImagesSummary } from '../hub/model';
import type { RepositoryRef } from '../hub/names';
import { activityHistogram, type ActivityHistogram } from '../hub/overview/activityHistogram';
import { Disposable } from '../util/dispose';
import { Pace } from '../util/pace';

/** What is older is read again before anything is planned on it. */
const planningAgeMs = 5 * 60 * 1000;

/** What a reading begins with. */
export interface OverviewBasis {
  /** The instant that decides what is active. */
  readonly activeFrom: Date;
  /** Counts to show until the images are there; `undefined` where they are not known without a request of their own. */
  readonly summary: ImagesSummary | undefined;
}

export interface RepositoryOverviewOptions {
  readonly repository: RepositoryRef;
  readonly api: ImageApi;
  readonly pageSize: () => number;
  /** The server's time. */
  readonly now: () => Date;
  /** Milliseconds of a clock that nobody sets. */
  readonly clock: () => number;
  /** Days of the activity window as it is set now; `undefined`: the server's own. */
  readonly windowDays: () => number | undefined;
  /** @param isAgain Whether the repository was read before, so that what is known of it is old. */
  readonly begin: (isAgain: boolean, signal: AbortSignal) => Promise<OverviewBasis>;
  readonly onDidChange: () => void;
  /** There is something new in {@link RepositoryOverview.contents}. */
  readonly onDidRead: () => void;
}

/** The last thing that happened. */
export type OverviewEvent =
  | { readonly kind: 'reading' | 'read' | 'planning' | 'planned' | 'planCancelled' }
  /** `isKept`: the next reading goes on from there. */
  | { readonly kind: 'cancelled'; readonly isRetained: boolean }
  | { readonly kind: 'failed' | 'planFailed'; readonly error: unknown };

/** How far the images were read; without a total where nobody knows it. */
export interface OverviewProgress {
  readonly done: number;
  readonly total: number | undefined;
  readonly pace: Pace;
}

/** A complete reading and what was counted of it. */
export interface OverviewContents {
  readonly inventory: Inventory;
  readonly histogram: ActivityHistogram;
}

/** One repository as its overview shows it: read in full, once, and judged against whatever instant somebody asks about. */
export class RepositoryOverview extends Disposable {
  readonly #options: RepositoryOverviewOptions;
  /** Of a reading that was given up or has failed. */
  readonly #pageCache: PageCache;
  #event: OverviewEvent = { kind: 'reading' };
  #work: AbortController | undefined;
  #summary: ImagesSummary | undefined;
  #progress: OverviewProgress | undefined;
  #contents: OverviewContents | undefined;
  #activeFrom: Date | undefined;
  #windowDays: number | undefined;
  #wasRead = false;
  #isOutdated = false;
  #isLeft = false;

  constructor(options: RepositoryOverviewOptions) {
    super();
    this.#options = options;
    this.#pageCache = new PageCache(options.now);
  }

  get repository(): RepositoryRef {
    return this.#options.repository;
  }

  get event(): OverviewEvent {
    return this.#event;
  }

  get summary(): ImagesSummary | undefined {
    return this.#summary;
  }

  get progress(): OverviewProgress | undefined {
    return this.#progress;
  }

  /** As last read with success. */
  get contents(): OverviewContents | undefined {
    return this.#contents;
  }

  /** Whether the repository was changed or read anew elsewhere since. */
  get isOutdated(): boolean {
    return this.#isOutdated;
  }

  /** Whether its server or account is no longer in use. */
  get isLeft(): boolean {
    return this.#isLeft;
  }

  /**
   * Reads every image, and goes on where the last reading was given up. What was read before stays until this has
   * succeeded.
   */
  async read(): Promise<void> {
    if (this.#isLeft || this.isDisposed) {
      return;
    }
    const isAgain = this.#wasRead;
    this.#wasRead = true;
    this.#isOutdated = false;
    if (this.#options.windowDays() !== this.#windowDays) {
      this.#pageCache.clear(); // read against another window
    }
    await this.#run('reading', async (signal) => {
      const activeFrom =
        this.#activeFrom === undefined || this.#pageCache.isEmpty
          ? await this.#begin(isAgain, signal)
          : this.#activeFrom;
      await this.#readAgainst(activeFrom, signal);
    });
  }

  /**
   * Every image judged against the line, for a plan. What was read is used where it is young and the server counts the same
   * against the line; otherwise everything is read again.
   *
   * @returns `undefined` when that failed or was given up, which {@link event} reports.
   */
  async inventoryAt(line: Date): Promise<Inventory | undefined> {
    if (this.#isLeft || this.#work !== undefined || this.#contents === undefined) {
      return undefined;
    }
    return this.#run('planning', async (signal) => {
      const known = this.#youngInventory();
      if (known !== undefined) {
        const { api, repository } = this.#options;
        const judged = inventoryAt(known, line);
        if (agreesWithSummary(judged, await api.getSummary(repository, { activeFrom: line }, signal))) {
          return judged;
        }
      }
      this.#isOutdated = false;
      return this.#readAgainst(line, signal);
    });
  }

  /** Gives up what is under way. */
  cancel(): void {
    this.#work?.abort();
  }

  /** What was read is older than something that happened since. */
  outdate(): void {
    this.#pageCache.clear();
    if (!this.#isOutdated) {
      this.#isOutdated = true;
      this.#options.onDidChange();
    }
  }

  /** Another server or account is in use now, or this one is again. */
  leave(isLeft: boolean): void {
    if (isLeft !== this.#isLeft) {
      this.#isLeft = isLeft;
      if (isLeft) {
        this.cancel();
      }
      this.#options.onDidChange();
    }
  }

  override dispose(): void {
    super.dispose();
    this.cancel();
  }

  async #begin(isAgain: boolean, signal: AbortSignal): Promise<Date> {
    this.#windowDays = this.#options.windowDays();
    const { activeFrom, summary } = await this.#options.begin(isAgain, signal);
    signal.throwIfAborted();
    this.#activeFrom = activeFrom;
    this.#summary = summary ?? this.#summary;
    this.#options.onDidChange();
    return activeFrom;
  }

  #youngInventory(): Inventory | undefined {
    if (this.#contents === undefined || this.#isOutdated) {
      return undefined;
    }
    const { inventory, histogram } = this.#contents;
    return this.#options.now().getTime() - histogram.now.getTime() <= planningAgeMs ? inventory : undefined;
  }

  /** Only the last piece of work counts. */
  async #run<T>(
    kind: 'reading' | 'planning',
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    this.cancel();
    const controller = new AbortController();
    this.#work = controller;
    this.#settle({ kind });
    const [result] = await Promise.allSettled([work(controller.signal)]);
    if (this.#work !== controller) {
      return undefined;
    }
    this.#work = undefined;
    this.#progress = undefined;
    if (result.status === 'fulfilled' && !controller.signal.aborted) {
      this.#settle({ kind: kind === 'reading' ? 'read' : 'planned' });
      return result.value;
    }
    const isGivenUp =
      result.status === 'fulfilled' || controller.signal.aborted || isCancelled(result.reason);
    if (kind === 'planning' || !(isGivenUp || isHubError(result.reason))) {
      this.#pageCache.clear(); // read against a line, or not to be believed
    }
    if (isGivenUp) {
      this.#settle(
        kind === 'reading'
          ? { kind: 'cancelled', isRetained: !this.#pageCache.isEmpty }
          : { kind: 'planCancelled' },
      );
    } else {
      this.#settle({ kind: kind === 'reading' ? 'failed' : 'planFailed', error: result.reason });
    }
    return undefined;
  }

  #settle(event: OverviewEvent): void {
    this.#event = event;
    this.#options.onDidChange();
  }

  async #readAgainst(activeFrom: Date, signal: AbortSignal): Promise<Inventory> {
    const { api, repository, pageSize, now, clock, onDidRead, onDidChange } = this.#options;
    const pace = new Pace(clock);
    const inventory = await readInventory(this.#pageCache.wrap(api), repository, {
      activeFrom,
      pageSize: pageSize(),
      signal,
      now,
      onProgress: (done, expected) => {
        const total = Math.max(expected, this.#summary?.total ?? 0);
        pace.report(done, total);
        this.#progress = { done, total: total > done ? total : undefined, pace };
        onDidChange();
      },
    });
    signal.throwIfAborted();
    this.#pageCache.clear();
    const histogram = activityHistogram(inventory.images, {
      activeFrom: this.#activeFrom ?? activeFrom,
      now: now(),
    });
    this.#contents = { inventory, histogram };
    onDidRead();
    return inventory;
  }
}
