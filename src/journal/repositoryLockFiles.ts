import { createHash } from 'node:crypto';
import { lockKey, MemoryRepositoryLocks } from '../hub/deletion/memoryRepositoryLocks';
import type {
  BusyRepository,
  DeletionPlace,
  LockedRepositories,
  RepositoryLocks,
} from '../hub/deletion/repositoryLocks';
import type { RepositoryRef } from '../hub/names';
import type { JournalFiles } from './journalFiles';
import { takeLockFile, type LockFile, type LockNaming } from './lockFile';
import { isGone, type LivenessOptions } from './writer';

const lockMark = '.deleting-';
/** Much less than the silence after which a lock is taken over. */
const signOfLifeMs = 60 * 60 * 1000;

/** Repeats work until the returned function is called. */
export type Repeat = (work: () => void, ms: number) => () => void;

/** Locks among all windows that share the folder of the journal. A lock whose process has gone is taken over. */
export class RepositoryLockFiles implements RepositoryLocks {
  readonly #files: JournalFiles;
  readonly #liveness: LivenessOptions;
  readonly #repeat: Repeat;
  /** The locks that this window holds, whatever files of it are left. */
  readonly #own = new MemoryRepositoryLocks();

  constructor(files: JournalFiles, liveness: LivenessOptions, repeat: Repeat = repeatInBackground) {
    this.#files = files;
    this.#liveness = liveness;
    this.#repeat = repeat;
  }

  async acquire(place: DeletionPlace): Promise<LockedRepositories | BusyRepository> {
    const own = await this.#own.acquire(place);
    if (own.kind === 'busy') {
      return own;
    }
    const taken: LockFile[] = [];
    const stopSigns = this.#repeat(() => {
      taken.forEach((lock) => void lock.touch().catch(() => undefined)); // the next one may succeed
    }, signOfLifeMs);
    const release = async (): Promise<void> => {
      stopSigns();
      await Promise.all(taken.map((lock) => lock.release().catch(() => undefined))); // passed over later
      await own.release();
    };
    try {
      const busy = await this.#takeAll(place, taken);
      if (busy === undefined) {
        return { kind: 'locked', release };
      }
      await release();
      return { kind: 'busy', repository: busy, holder: 'otherWindow' };
    } catch (error) {
      await release();
      throw error;
    }
  }

  /**
   * Takes one after the other, in the same order in every window: of two that want the same repositories one gets them.
   *
   * @returns The repository whose lock another window has.
   */
  async #takeAll(
    { origin, repositories }: DeletionPlace,
    taken: LockFile[],
  ): Promise<RepositoryRef | undefined> {
    const byName = new Map(repositories.map((repository) => [lockName(origin, repository), repository]));
    for (const [name, repository] of [...byName].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const lock = await this.#take(name);
      if (lock === undefined) {
        return repository;
      }
      taken.push(lock);
    }
    return undefined;
  }

  async #take(name: string): Promise<LockFile | undefined> {
    const { self } = this.#liveness;
    const lock = await takeLockFile({
      files: this.#files,
      naming: namingOf(name),
      self,
      // one of this window that is not held any more could not be removed
      isGone: (holder, lastSign) =>
        holder?.instance === self.instance || isGone(holder, lastSign, this.#liveness),
    });
    await Promise.all(lock?.passedOver.map((file) => this.#files.remove(file).catch(() => undefined)) ?? []);
    return lock;
  }
}

/** Does not keep the process alive. */
function repeatInBackground(work: () => void, ms: number): () => void {
  const timer = setInterval(work, ms).unref();
  return () => {
    clearInterval(timer);
  };
}

/** The same in every window. A hash, because a name of a repository may be longer than that of a file. */
function lockName(origin: string, repository: RepositoryRef): string {
  return `repository-${createHash('sha256').update(lockKey(origin, repository)).digest('hex').slice(0, 32)}`;
}

function namingOf(name: string): LockNaming {
  return {
    fileName: (generation) => `${name}${lockMark}${generation}`,
    generationOf: (fileName) => {
      const [before, after = ''] = fileName.split(lockMark);
      return before === name && /^\d+$/.test(after) ? Number(after) : undefined;
    },
  };
}
