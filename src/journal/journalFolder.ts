import { FolderFiles } from './folderFiles';
import { EvidenceStore } from './journalStore';
import { settleRun, type SettledRun, type SettleOptions } from './reconcileRun';
import { removeOldRuns, type RetentionLimits } from './retention';
import type { RunId } from './runFileName';
import { RunHistory } from './runHistory';
import { thisWriter, type LivenessOptions } from './writer';

export interface EvidenceOptions {
  readonly folder: string;
  readonly extensionVersion: string;
  readonly now: () => Date;
  /** Asked after each run. */
  readonly limits: () => RetentionLimits;
  /** A deletion of this process has ended, whatever came of it. */
  readonly onDidRelease: () => void;
  /** Old evidence could not be removed. Nothing else depends on it. */
  readonly onRetentionFailed: (error: unknown) => void;
}

/** The evidence of one folder, as this process writes and reads it. */
export class Evidence {
  readonly store: EvidenceStore;
  readonly history: RunHistory;
  readonly liveness: LivenessOptions;
  readonly #files: FolderFiles;
  readonly #options: EvidenceOptions;

  constructor(options: EvidenceOptions) {
    const { folder, extensionVersion, now, onDidRelease } = options;
    this.#options = options;
    this.#files = new FolderFiles(folder);
    this.liveness = {
      self: thisWriter(extensionVersion),
      now,
      isUnderWay: (id) => this.store.isUnderWay(id),
    };
    this.history = new RunHistory(this.#files);
    this.store = new EvidenceStore({
      files: this.#files,
      self: this.liveness.self,
      now,
      onDidFinish: () => void this.#removeOldRuns(),
      onDidRelease,
    });
  }

  /** As {@link settleRun}. */
  settle(id: RunId, options: Pick<SettleOptions, 'look' | 'signal'>): Promise<SettledRun | undefined> {
    return settleRun(id, { ...options, files: this.#files, store: this.store, liveness: this.liveness });
  }

  async #removeOldRuns(): Promise<void> {
    const { limits, now, onRetentionFailed } = this.#options;
    try {
      await removeOldRuns(this.#files, limits(), now());
    } catch (error) {
      onRetentionFailed(error);
    }
  }
}
