import type { SandboxRepository } from './repository';

/** For how long after a deletion a repository is listed as it was before, in milliseconds; 0 unless said otherwise. */
export interface ListLag {
  readonly manifestsMs?: number;
  readonly tagsMs?: number;
  /** Of the number of tags that the list of tags reports. */
  readonly countMs?: number;
}

interface Earlier {
  /** When something was deleted from it. */
  readonly until: number;
  readonly repository: SandboxRepository;
}

/**
 * What today's lists show, which follow the registry late. What was pushed since the deletion is late with it: lists are
 * old as a whole, not in parts.
 */
export class LaggingLists {
  readonly #lag: Required<ListLag>;
  readonly #earlier = new WeakMap<SandboxRepository, Earlier[]>();

  constructor({ manifestsMs = 0, tagsMs = 0, countMs = 0 }: ListLag) {
    this.#lag = { manifestsMs, tagsMs, countMs };
  }

  /** Called right before each deletion. Costs a copy of the repository where a list lags, and nothing elsewhere. */
  noteDeletion(repository: SandboxRepository, now: Date): void {
    const longestMs = Math.max(...Object.values(this.#lag));
    if (longestMs > 0) {
      const recent = (this.#earlier.get(repository) ?? []).filter(
        ({ until }) => until > now.getTime() - longestMs,
      );
      recent.push({ until: now.getTime(), repository: repository.copy() });
      this.#earlier.set(repository, recent);
    }
  }

  /** The repository as that list shows it now. */
  shown(repository: SandboxRepository, list: keyof ListLag, now: Date): SandboxRepository {
    const shownAt = now.getTime() - this.#lag[list];
    return this.#earlier.get(repository)?.find(({ until }) => until > shownAt)?.repository ?? repository;
  }
}
