import { formatRepository } from '../names';
import type { BusyRepository, DeletionPlace, LockedRepositories, RepositoryLocks } from './repositoryLocks';

/** Locks among the reviews of one window. */
export class MemoryRepositoryLocks implements RepositoryLocks {
  readonly #held = new Set<string>();

  acquire(place: DeletionPlace): Promise<LockedRepositories | BusyRepository> {
    const busy = place.repositories.find((repository) => this.#held.has(lockKey(place.origin, repository)));
    if (busy !== undefined) {
      return Promise.resolve({ kind: 'busy', repository: busy, holder: 'thisWindow' });
    }
    const keys = place.repositories.map((repository) => lockKey(place.origin, repository));
    keys.forEach((key) => this.#held.add(key));
    let isHeld = true;
    const release = (): Promise<void> => {
      if (isHeld) {
        isHeld = false; // by now the keys may be held by somebody else
        keys.forEach((key) => this.#held.delete(key));
      }
      return Promise.resolve();
    };
    return Promise.resolve({ kind: 'locked', release });
  }
}

/** Identifies a repository on a server. */
export function lockKey(origin: string, repository: DeletionPlace['repositories'][number]): string {
  return `${origin} ${formatRepository(repository)}`;
}
