import PQueue from 'p-queue';
import type { ImagesSummary } from '../hub/model';
import type { RepositoryRef } from '../hub/names';
import { Disposable } from '../util/dispose';

/** What became of counting one repository. */
export type CountedImages =
  | { readonly kind: 'counted'; readonly summary: ImagesSummary }
  /** {@link summary}: as counted before. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly summary: ImagesSummary | undefined };

export interface ImageCounterOptions {
  /** Repositories counted at a time. */
  readonly atOnce: number;
  /** Waiting for it ends with the signal; what is under way serves others, too. */
  readonly read: (repository: RepositoryRef, signal: AbortSignal) => Promise<ImagesSummary | undefined>;
  /** The result of {@link ImageCounter.of} for this repository has changed. */
  readonly onDidCount: (name: string) => void;
}

/** Repositories in view are counted before those that are counted because all are. */
const priorities = { inView: 1, all: 0 } as const;

/**
 * Counts the images of repositories, each once until it is declared out of date. Those that are in view come first, and
 * those that leave it before their turn are not counted.
 */
export class ImageCounter extends Disposable {
  readonly #options: ImageCounterOptions;
  readonly #queue: PQueue;
  readonly #counted = new Map<string, CountedImages>();
  readonly #outdated = new Set<string>();
  /** Under way. */
  readonly #counting = new Map<string, Promise<void>>();
  #inView: readonly RepositoryRef[] = [];
  #abort = new AbortController();

  constructor(options: ImageCounterOptions) {
    super();
    this.#options = options;
    this.#queue = new PQueue({ concurrency: options.atOnce });
  }

  /** `undefined` if it was not counted yet. */
  of(repository: RepositoryRef): CountedImages | undefined {
    return this.#counted.get(repository.name);
  }

  /** Whether it is counted, and neither failed nor out of date. */
  isCounted({ name }: RepositoryRef): boolean {
    return this.#counted.get(name)?.kind === 'counted' && !this.#outdated.has(name);
  }

  /** Counts those of them that are not, and none that was in view before and waits. */
  show(inView: readonly RepositoryRef[]): void {
    this.#inView = inView;
    for (const repository of inView.filter((one) => this.#isOpen(one))) {
      const countIfInView = async () => {
        if (this.#inView.includes(repository) && this.#isOpen(repository)) {
          await this.#count(repository);
        }
      };
      void this.#queue.add(countIfInView, { priority: priorities.inView });
    }
  }

  /**
   * Counts all of them that are not counted, those that failed included.
   *
   * @param onProgress Called with how many of them have been.
   * @param signal Ends it; what has been counted stays.
   * @returns Whether each of them was counted, or could not be; not if it was ended, or if counts were declared out of date.
   */
  async countAll(
    repositories: readonly RepositoryRef[],
    onProgress: (done: number) => void,
    signal: AbortSignal,
  ): Promise<boolean> {
    let done = 0;
    const outdated = this.#abort.signal;
    const countOne = async (repository: RepositoryRef) => {
      if (signal.aborted || outdated.aborted) {
        return;
      }
      if (!this.isCounted(repository)) {
        await this.#count(repository);
      }
      if (!this.#isOpen(repository)) {
        done += 1;
        onProgress(done);
      }
    };
    await this.#queue.addAll(
      repositories.map((repository) => () => countOne(repository)),
      { priority: priorities.all },
    );
    return done === repositories.length;
  }

  /** Takes what was read elsewhere, or what it became there. */
  take(repository: RepositoryRef, counted: CountedImages): void {
    this.#counted.set(repository.name, counted);
    this.#outdated.delete(repository.name);
    this.#options.onDidCount(repository.name);
  }

  /**
   * Everything is to be counted again. What is in view is counted at once, and what is known of it stays until then; the other
   * repositories are no longer counted.
   */
  outdate(): void {
    this.#restart(new Set(this.#inView.map(({ name }) => name)));
  }

  /** Discards all counts. What is in view is counted again at once. */
  forget(): void {
    this.#restart(new Set());
  }

  /** @param kept Names of repositories whose counts stay until there are new ones. */
  #restart(kept: ReadonlySet<string>): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#counting.clear();
    for (const name of this.#counted.keys()) {
      if (kept.has(name)) {
        this.#outdated.add(name);
      } else {
        this.#counted.delete(name);
        this.#outdated.delete(name);
        this.#options.onDidCount(name);
      }
    }
    this.show(this.#inView);
  }

  /** Makes what failed count again. */
  clearErrors(): void {
    for (const [name, { kind }] of this.#counted) {
      if (kind === 'failed') {
        this.#outdated.add(name);
      }
    }
    this.show(this.#inView);
  }

  override dispose(): void {
    super.dispose();
    this.#queue.clear();
    this.#abort.abort();
  }

  /** A failure is tried again only if somebody asks for it. */
  #isOpen({ name }: RepositoryRef): boolean {
    return !this.#counted.has(name) || this.#outdated.has(name);
  }

  /** Waits for what is under way already. Never rejects. */
  #count(repository: RepositoryRef): Promise<void> {
    const { name } = repository;
    const known = this.#counting.get(name);
    if (known !== undefined || this.isDisposed) {
      return known ?? Promise.resolve();
    }
    const counting = this.#readCounts(repository);
    this.#counting.set(name, counting);
    return counting;
  }

  async #readCounts(repository: RepositoryRef): Promise<void> {
    const { name } = repository;
    const { signal } = this.#abort;
    const [result] = await Promise.allSettled([this.#options.read(repository, signal)]);
    if (signal.aborted) {
      return;
    }
    this.#counting.delete(name);
    if (result.status === 'rejected') {
      this.take(repository, { kind: 'failed', error: result.reason, summary: this.#known(name) });
    } else if (result.value !== undefined) {
      this.take(repository, { kind: 'counted', summary: result.value });
    }
  }

  #known(name: string): ImagesSummary | undefined {
    return this.#counted.get(name)?.summary;
  }
}
