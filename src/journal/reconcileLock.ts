import type { JournalFiles } from './journalFiles';
import { takeLockFile, type LockFile } from './lockFile';
import { lockFileName, lockNameOf, type RunId } from './runFileName';
import { isGone, type LivenessOptions } from './writer';

/**
 * Takes the lock of a run, so that only one process takes it up.
 *
 * @returns `undefined`: another process has it. Whoever gets it reads the run again, for it may be over by now.
 */
export function takeReconcileLock(
  files: JournalFiles,
  id: RunId,
  liveness: LivenessOptions,
): Promise<LockFile | undefined> {
  return takeLockFile({
    files,
    naming: {
      fileName: (generation) => lockFileName({ id, generation }),
      generationOf: (fileName) => {
        const lock = lockNameOf(fileName);
        return lock?.id === id ? lock.generation : undefined;
      },
    },
    self: liveness.self,
    isGone: (holder, lastSign) => isGone(holder, lastSign, liveness),
  });
}
