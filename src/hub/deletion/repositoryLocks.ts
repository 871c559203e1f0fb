import type { RepositoryRef } from '../names';

/** Where a deletion takes place. */
export interface DeletionPlace {
  /** Of the server: repositories of the same name on other servers are not affected. */
  readonly origin: string;
  readonly repositories: readonly RepositoryRef[];
}

/** Makes sure that only one deletion at a time runs in a repository. */
export interface RepositoryLocks {
  /**
   * Takes the locks of all repositories, or none. It does not wait for a lock that is held.
   *
   * @throws A lock could not be written; nothing may be deleted then.
   */
  acquire(place: DeletionPlace): Promise<LockedRepositories | BusyRepository>;
}

/** All locks are held. */
export interface LockedRepositories {
  readonly kind: 'locked';
  /** Never rejects. A lock that cannot be removed is passed over as soon as this process has ended. */
  release(): Promise<void>;
}

/** Who holds a lock: another review of this window, or another window. */
export type LockHolder = 'thisWindow' | 'otherWindow';

/** Another deletion is running. No lock is held. */
export interface BusyRepository {
  readonly kind: 'busy';
  /** The first one whose lock is held. */
  readonly repository: RepositoryRef;
  readonly holder: LockHolder;
}
