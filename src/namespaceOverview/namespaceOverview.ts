import type { CatalogEvent } from '../catalog/catalogEvent';
import type { RepositoryContents } from '../catalog/repositoryContents';
import type { RepositoryList } from '../catalog/serverContents';
import type { ImagesSummary, Repository } from '../hub/model';
import type { NamespaceName, RepositoryRef } from '../hub/names';
import { Disposable } from '../util/dispose';
import { Pace } from '../util/pace';
import { type CountedImages, ImageCounter } from './imageCounter';

/** What is known of a repository's images without another request. */
export type KnownContents = Pick<
  RepositoryContents,
  'summary' | 'summaryError' | 'isSummaryFresh' | 'inventory'
>;

export interface NamespaceOverviewOptions {
  readonly namespace: NamespaceName;
  /** Repositories counted at a time. */
  readonly atOnce: number;
  /** Reads the list unless it is known; `undefined` if the server is no longer in use. Never rejects. */
  readonly list: () => Promise<RepositoryList | undefined>;
  /** Counts the images unless they are counted. */
  readonly count: (repository: RepositoryRef, signal: AbortSignal) => Promise<ImagesSummary | undefined>;
  readonly known: (repository: RepositoryRef) => KnownContents | undefined;
  /** The server's time. */
  readonly now: () => Date;
  /** Milliseconds of a monotonic clock. */
  readonly clock: () => number;
  readonly onDidChange: () => void;
  /** There is something new in {@link NamespaceOverview.repositories}. */
  readonly onDidList: () => void;
  /** There is something new in {@link NamespaceOverview.countedOf}. */
  readonly onDidCount: (name: string) => void;
}

/** The last thing that happened. */
export type NamespaceOverviewEvent = 'listing' | 'listed' | 'counting' | 'counted' | 'countingCancelled';

/** How far counting all repositories has got. */
export interface CountingProgress {
  readonly done: number;
  readonly total: number;
  readonly pace: Pace;
}

/** One namespace as its overview shows it: its repositories as they were listed, and as many of them counted as were looked at. */
export class NamespaceOverview extends Disposable {
  readonly #options: NamespaceOverviewOptions;
  readonly #counter: ImageCounter;
  #event: NamespaceOverviewEvent = 'listing';
  #list: RepositoryList | undefined;
  #listedAt: Date | undefined;
  #repositories: ReadonlyMap<string, Repository> = new Map();
  #isListing = false;
  /** Grows each time somebody asks for the list. */
  #listsWanted = 0;
  #isLeft = false;
  #counting: { readonly abort: AbortController; progress: CountingProgress } | undefined;
  #countMs = { sum: 0, count: 0 };

  constructor(options: NamespaceOverviewOptions) {
    super();
    this.#options = options;
    this.#counter = this.register(
      new ImageCounter({
        atOnce: options.atOnce,
        read: (repository, signal) => this.#read(repository, signal),
        onDidCount: options.onDidCount,
      }),
    );
  }

  get namespace(): NamespaceName {
    return this.#options.namespace;
  }

  get event(): NamespaceOverviewEvent {
    return this.#event;
  }

  /** Number of repositories that could not be counted. */
  get failures(): number {
    return [...this.#repositories.values()].filter((one) => this.#counter.of(one)?.kind === 'failed').length;
  }

  /** As listed last; `undefined` before. */
  get list(): RepositoryList | undefined {
    return this.#list;
  }

  /** When the list was read; `undefined` before. */
  get listedAt(): Date | undefined {
    return this.#listedAt;
  }

  get isListing(): boolean {
    return this.#isListing;
  }

  /** Whether its server or account is no longer in use. */
  get isLeft(): boolean {
    return this.#isLeft;
  }

  /** By name. */
  get repositories(): ReadonlyMap<string, Repository> {
    return this.#repositories;
  }

  get progress(): CountingProgress | undefined {
    return this.#counting?.progress;
  }

  /** Repositories that are not counted, or could not be. */
  get uncounted(): readonly Repository[] {
    return [...this.#repositories.values()].filter((repository) => !this.#counter.isCounted(repository));
  }

  /** Milliseconds that counting one repository took on average; `undefined` before one was counted here. */
  get averageCountMs(): number | undefined {
    const { sum, count } = this.#countMs;
    return count === 0 ? undefined : sum / count;
  }

  countedOf(repository: RepositoryRef): CountedImages | undefined {
    return this.#counter.of(repository);
  }

  knownOf(repository: RepositoryRef): KnownContents | undefined {
    return this.#options.known(repository);
  }

  /** Lists the repositories, and takes what is known of their images already. Never rejects. */
  async read(): Promise<void> {
    this.#listsWanted += 1;
    if (this.#isListing) {
      return;
    }
    this.#isListing = true;
    this.#settle('listing');
    while (await this.#readOnce());
    this.#isListing = false;
    this.#settle('listed');
  }

  /** @returns Whether somebody asked for the list meanwhile. */
  async #readOnce(): Promise<boolean> {
    const wanted = this.#listsWanted;
    const list = await this.#options.list();
    if (list !== undefined && !this.isDisposed) {
      this.#take(list);
    }
    return this.#listsWanted !== wanted && !this.isDisposed;
  }

  /** Counts these repositories, which are in view now. Waiting ones that have left the view are not counted. */
  show(names: readonly string[]): void {
    if (!this.#isLeft) {
      this.#counter.show(names.flatMap((name) => this.#repositories.get(name) ?? []));
    }
  }

  /** Counts every repository that is not counted yet. After a cancellation, it continues where it stopped. Never rejects. */
  async countAll(): Promise<void> {
    const repositories = this.uncounted;
    if (this.#counting !== undefined || this.#isLeft || repositories.length === 0) {
      return;
    }
    const total = repositories.length;
    const pace = new Pace(this.#options.clock);
    pace.report(0, total);
    const counting = { abort: new AbortController(), progress: { done: 0, total, pace } };
    this.#counting = counting;
    this.#settle('counting');
    const isComplete = await this.#counter.countAll(
      repositories,
      (done) => {
        pace.report(done, total);
        counting.progress = { done, total, pace };
        this.#options.onDidChange();
      },
      counting.abort.signal,
    );
    this.#counting = undefined;
    this.#settle(isComplete ? 'counted' : 'countingCancelled');
  }

  /** Gives up counting all repositories. */
  cancel(): void {
    this.#counting?.abort.abort();
  }

  /** What is shown is read again elsewhere, or must be. */
  refresh(): void {
    if (this.#isLeft) {
      return;
    }
    this.#counter.outdate();
    void this.read();
  }

  /** Takes what happened to the data that the tree shows, too. */
  follow(event: CatalogEvent): void {
    switch (event.kind) {
      case 'repositoriesListed':
        if (event.namespace === this.namespace && !this.#isListing) {
          void this.read();
        }
        return;
      case 'repositoryChanged':
        this.#takeKnown(event.repository);
        return;
      case 'windowChanged':
        this.#counter.forget(); // other images are active now
        return;
      case 'failuresCleared':
        this.#counter.clearErrors();
        void this.read();
        return;
      case 'addedChanged':
        void this.read();
        return;
      case 'serverChanged':
      case 'namespacesListed':
      case 'imagesReadAgain':
        return;
    }
  }

  /** Another server or account is in use now, or this one is again. */
  leave(isLeft: boolean): void {
    if (isLeft !== this.#isLeft) {
      this.#isLeft = isLeft;
      if (isLeft) {
        this.cancel();
        this.#counter.show([]);
        this.#options.onDidChange();
      } else {
        this.refresh();
      }
    }
  }

  override dispose(): void {
    super.dispose();
    this.cancel();
  }

  #take(list: RepositoryList): void {
    this.#list = list;
    this.#listedAt = this.#options.now();
    this.#repositories = new Map(list.entries.map(({ repository }) => [repository.name, repository]));
    this.#options.onDidList();
    for (const repository of this.#repositories.values()) {
      this.#takeKnown(repository);
    }
  }

  #takeKnown(ref: RepositoryRef): void {
    const repository = ref.namespace === this.namespace ? this.#repositories.get(ref.name) : undefined;
    const known = repository && this.#options.known(repository);
    if (repository === undefined || known?.isSummaryFresh !== true) {
      return;
    }
    const { summary, summaryError } = known;
    if (summaryError !== undefined) {
      this.#counter.take(repository, { kind: 'failed', error: summaryError, summary });
    } else if (summary !== undefined) {
      this.#counter.take(repository, { kind: 'counted', summary });
    }
  }

  async #read(repository: RepositoryRef, signal: AbortSignal): Promise<ImagesSummary | undefined> {
    const { clock, count } = this.#options;
    const startedAtMs = clock();
    const summary = await count(repository, signal);
    this.#countMs = { sum: this.#countMs.sum + clock() - startedAtMs, count: this.#countMs.count + 1 };
    return summary;
  }

  #settle(event: NamespaceOverviewEvent): void {
    this.#event = event;
    this.#options.onDidChange();
  }
}
