import PQueue from 'p-queue';
import type { ImagesSummary } from '../hub/model';
import { formatRepository, type RepositoryRef } from '../hub/names';
import { Disposable } from '../util/dispose';

/** Counts read at a time, beside what the tree asks for. */
const countsAtOnce = 4;

/** Whoever has counts, or reads them. */
export interface SummarySource {
  /** @throws {HubError} They could not be read. */
  readSummary(repository: RepositoryRef): Promise<ImagesSummary | undefined>;
}

/** The counts of several repositories, as they arrive. Those that the tree knows are not asked for again. */
export class RepositoryCounts extends Disposable {
  readonly repositories: readonly RepositoryRef[];
  readonly #summaries = new Map<string, ImagesSummary>();
  readonly #abort = new AbortController();
  #failed = 0;

  constructor(repositories: readonly RepositoryRef[]) {
    super();
    this.repositories = repositories;
  }

  /** Repositories of which the counts could not be had. */
  get failed(): number {
    return this.#failed;
  }

  /** Repositories that were counted. */
  get counted(): number {
    return this.#summaries.size;
  }

  get isComplete(): boolean {
    return this.counted + this.#failed === this.repositories.length;
  }

  get total(): number {
    return this.#sum(({ total }) => total);
  }

  get inactive(): number {
    return this.#sum(({ inactive }) => inactive);
  }

  /** `undefined` where it is not known, or not yet. */
  of(repository: RepositoryRef): ImagesSummary | undefined {
    return this.#summaries.get(formatRepository(repository));
  }

  /** Reads until all are there, or nobody wants them any more. Never rejects. */
  async read(source: SummarySource, onDidRead: () => void): Promise<void> {
    const queue = new PQueue({ concurrency: countsAtOnce });
    const { signal } = this.#abort;
    const readOne = async (repository: RepositoryRef) => {
      if (signal.aborted) {
        return;
      }
      try {
        this.#take(repository, await source.readSummary(repository));
      } catch {
        this.#take(repository, undefined); // the log has the reason, and its row shows it
      }
      onDidRead();
    };
    await queue.addAll(this.repositories.map((repository) => () => readOne(repository)));
  }

  override dispose(): void {
    super.dispose();
    this.#abort.abort();
  }

  #take(repository: RepositoryRef, summary: ImagesSummary | undefined): void {
    if (summary === undefined) {
      this.#failed += 1;
    } else {
      this.#summaries.set(formatRepository(repository), summary);
    }
  }

  #sum(countOf: (summary: ImagesSummary) => number): number {
    return [...this.#summaries.values()].reduce((sum, summary) => sum + countOf(summary), 0);
  }
}
