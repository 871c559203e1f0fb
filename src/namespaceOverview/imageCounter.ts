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
  readonly onDidCount: (repository: RepositoryRef) => void;
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
  readonly #counting = new Set<string>();
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
   */
  async countAll(
    repositories: readonly RepositoryRef[],
    onProgress: (done: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    let done = 0;
    const countOne = async (repository: RepositoryRef) => {
      if (signal.aborted) {
        return;
      }
      if (!this.isCounted(repository)) {
        await this.#count(repository);
      }
      done += 1;
      onProgress(done);
    };
    await this.#queue.addAll(
      repositories.map((repository) => () => countOne(repository)),
      { priority: priorities.all },
    );
  }

  /** Takes what was read elsewhere, or what it became there. */
  take(repository: RepositoryRef, counted: CountedImages): void {
    this.#counted.set(repository.name, counted);
    this.#outdated.delete(repository.name);
    this.#options.onDidCount(repository);
  }

  /** Everything is to be counted again; what is known stays until then. What is in view is counted at once. */
  outdate(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#counting.clear();
    for (const name of this.#counted.keys()) {
      this.#outdated.add(name);
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

  async #count(repository: RepositoryRef): Promise<void> {
    const { name } = repository;
    const { signal } = this.#abort;
    if (this.#counting.has(name) || this.isDisposed) {
      return;
    }
    this.#counting.add(name);
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
