import type { SandboxRepository } from './repository';
import type { SandboxWorld } from './world';

/** For how long after a change a repository is listed as it was before, in milliseconds; 0 unless said otherwise. */
export interface ListLag {
  readonly manifestsMs?: number;
  readonly tagsMs?: number;
  /** Of the number of tags that the list of tags reports. */
  readonly countMs?: number;
  /** What the lists follow late: deletions by requests unless said otherwise, or whatever anybody does. */
  readonly behind?: 'deletions' | 'everything';
}

type LaggingList = 'manifestsMs' | 'tagsMs' | 'countMs';

interface Earlier {
  /** When it was changed. */
  readonly until: number;
  readonly repository: SandboxRepository;
}

/**
 * What today's lists show, which follow the registry late. What happened since a change that they do not show yet is late
 * with it: lists are old as a whole, not in parts.
 */
export class LaggingLists {
  readonly #lag: Readonly<Record<LaggingList, number>>;
  readonly #longestMs: number;
  readonly #earlier = new WeakMap<SandboxRepository, Earlier[]>();

  /** @param now The sandbox's own clock, for changes that come with no request. */
  constructor(lag: ListLag, world: SandboxWorld, now: () => Date) {
    const { manifestsMs = 0, tagsMs = 0, countMs = 0, behind = 'deletions' } = lag;
    this.#lag = { manifestsMs, tagsMs, countMs };
    this.#longestMs = Math.max(manifestsMs, tagsMs, countMs);
    if (behind === 'everything' && this.#longestMs > 0) {
      world.onWillChange((repository) => {
        this.#note(repository, now());
      });
    }
  }

  /** Called right before each deletion. Costs a copy of the repository where a list lags, and nothing elsewhere. */
  noteDeletion(repository: SandboxRepository, now: Date): void {
    if (this.#longestMs > 0) {
      this.#note(repository, now);
    }
  }

  /** The repository as that list shows it now. */
  shown(repository: SandboxRepository, list: LaggingList, now: Date): SandboxRepository {
    const shownAt = now.getTime() - this.#lag[list];
    return this.#earlier.get(repository)?.find(({ until }) => until > shownAt)?.repository ?? repository;
  }

  /** Of several changes in the same millisecond, the state before the first is the one to show. */
  #note(repository: SandboxRepository, now: Date): void {
    const until = now.getTime();
    const recent = (this.#earlier.get(repository) ?? []).filter(
      (earlier) => earlier.until > until - this.#longestMs,
    );
    if (recent.at(-1)?.until !== until) {
      recent.push({ until, repository: repository.copy() });
    }
    this.#earlier.set(repository, recent);
  }
}
