import PQueue from 'p-queue';
import type { ActivityStatus, ImagesSummary } from '../hub/model';
import { formatRepository, type RepositoryRef } from '../hub/names';
import { Disposable } from '../util/dispose';

/** Counts read at a time, in addition to the requests of the tree. */
const countsAtOnce = 4;

/** Has the image counts of repositories, or reads them. */
export interface SummarySource {
  /** @throws {HubError} The counts could not be read. */
  readSummary(repository: RepositoryRef): Promise<ImagesSummary | undefined>;
}

/** The image counts of several repositories, as they arrive. Reads only those that the source does not have yet. */
export class RepositoryCounts extends Disposable {
  readonly repositories: readonly RepositoryRef[];
  readonly #summaries = new Map<string, ImagesSummary>();
  readonly #abort = new AbortController();
  #failed = 0;

  constructor(repositories: readonly RepositoryRef[]) {
    super();
    this.repositories = repositories;
  }

  /** Number of repositories whose counts could not be read. */
  get failed(): number {
    return this.#failed;
  }

  /** Number of repositories whose counts are known. */
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

  /** Images of unknown activity, as far as the servers count them apart from inactive ones. */
  get unknown(): number {
    return this.#sum(({ unknown = 0 }) => unknown);
  }

  /** Images in {@link total} that may be parts of others. */
  get undetermined(): number {
    return this.#sum(({ undetermined = 0 }) => undetermined);
  }

  /** Undefined if the counts are not known, or not yet. */
  of(repository: RepositoryRef): ImagesSummary | undefined {
    return this.#summaries.get(formatRepository(repository));
  }

  /**
   * False if the counts show that the repository has no image that may have the status, so that it need not be read. One
   * of unknown activity may be inactive: it is not planned, but it is reported. So is a list that cannot be read completely.
   */
  mayHave(status: ActivityStatus | undefined, repository: RepositoryRef): boolean {
    const summary = this.of(repository);
    if (summary === undefined) {
      return true;
    }
    const { total, active, inactive, unknown = 0, unread = 0 } = summary;
    return unread > 0 || { any: total, active, inactive: inactive + unknown }[status ?? 'any'] > 0;
  }

  /** Reads until the counts of all repositories have arrived or failed, or this object is disposed. Never rejects. */
  async read(source: SummarySource, onDidRead: () => void): Promise<void> {
    const queue = new PQueue({ concurrency: countsAtOnce });
    const { signal } = this.#abort;
    const readOne = async (repository: RepositoryRef) => {
      if (signal.aborted) {
        return;
      }
      try {
        this.#record(repository, await source.readSummary(repository));
      } catch {
        this.#record(repository, undefined); // the log and the repository's row show the reason
      }
      onDidRead();
    };
    await queue.addAll(this.repositories.map((repository) => () => readOne(repository)));
  }

  override dispose(): void {
    super.dispose();
    this.#abort.abort();
  }

  #record(repository: RepositoryRef, summary: ImagesSummary | undefined): void {
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
