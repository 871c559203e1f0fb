import type { RepositoryLocks } from '../hub/deletion/repositoryLocks';
import { FolderFiles } from './folderFiles';
import { JournalStore } from './journalStore';
import { reconcileRun, type ReconcileOptions, type TakenUpRun } from './reconcileRun';
import { RepositoryLockFiles } from './repositoryLockFiles';
import { removeOldRuns, type RetentionLimits } from './retention';
import type { RunId } from './runFileName';
import { RunHistory } from './runHistory';
import { thisWriter, type LivenessOptions, type Writer } from './writer';

export interface JournalFolderOptions {
  readonly folder: string;
  readonly extensionVersion: string;
  readonly now: () => Date;
  /** Asked after each run. */
  readonly limits: () => RetentionLimits;
  /** A deletion of this process has ended, whatever came of it. */
  readonly onDidRelease: () => void;
  /** Old runs, or one file of them, could not be removed. Nothing else depends on it. */
  readonly onRetentionFailed: (error: unknown, fileName?: string) => void;
}

/** The journal in one folder, as this process writes and reads it. */
export class JournalFolder {
  readonly store: JournalStore;
  readonly history: RunHistory;
  readonly liveness: LivenessOptions;
  readonly locks: RepositoryLocks;
  readonly #files: FolderFiles;
  readonly #options: JournalFolderOptions;
  /** Instances of writers. */
  readonly #saidToBeGone = new Set<string>();

  constructor(options: JournalFolderOptions) {
    const { folder, extensionVersion, now, onDidRelease } = options;
    this.#options = options;
    this.#files = new FolderFiles(folder);
    this.liveness = {
      self: thisWriter(extensionVersion),
      now,
      isUnderWay: (id) => this.store.isUnderWay(id),
      isSaidToBeGone: ({ instance }) => this.#saidToBeGone.has(instance),
    };
    this.locks = new RepositoryLockFiles(this.#files, this.liveness);
    this.history = new RunHistory(this.#files);
    this.store = new JournalStore({
      files: this.#files,
      self: this.liveness.self,
      now,
      onDidFinish: () => void this.#removeOldRuns(),
      onDidRelease,
    });
  }

  /** As {@link reconcileRun}. */
  reconcile(id: RunId, options: Pick<ReconcileOptions, 'look' | 'signal'>): Promise<TakenUpRun | undefined> {
    return reconcileRun(id, { ...options, files: this.#files, store: this.store, liveness: this.liveness });
  }

  /**
   * Takes a person's word that a process has ended: what it left may be taken up by this window from now on, unless the
   * system knows that it runs.
   */
  takeOverFrom({ instance }: Writer): void {
    this.#saidToBeGone.add(instance);
  }

  async #removeOldRuns(): Promise<void> {
    const { limits, now, onRetentionFailed } = this.#options;
    try {
      await removeOldRuns(this.#files, limits(), now(), (name, error) => {
        onRetentionFailed(error, name);
      });
    } catch (error) {
      onRetentionFailed(error);
    }
  }
}
