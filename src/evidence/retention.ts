import type { EvidenceFiles } from './evidenceFiles';
import { lockNameOf, runTime } from './runFileName';
import { RunHistory, type RunFileFacts } from './runHistory';

export interface RetentionLimits {
  readonly keepDays: number;
  readonly maxBytes: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Removes the oldest finished runs: those beyond the days, then as many as the size asks for. A run that is not
 * finished, or that is damaged, is never removed, whatever its age and size.
 *
 * @returns Names of the removed files.
 */
export async function removeOldRuns(
  files: EvidenceFiles,
  { keepDays, maxBytes }: RetentionLimits,
  now: Date,
): Promise<readonly string[]> {
  const history = new RunHistory(files);
  const oldestFirst = [...(await history.list())].reverse();
  let totalBytes = oldestFirst.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const removed: string[] = [];
  for (const file of oldestFirst) {
    const isOld = now.getTime() - runTime(file.id).getTime() > keepDays * dayMs;
    if (!isOld && totalBytes <= maxBytes) {
      break;
    }
    if (await isFinished(history, file)) {
      await files.remove(file.name);
      totalBytes -= file.sizeBytes;
      removed.push(file.name);
    }
  }
  return [...removed, ...(await removeOrphanedLocks(files))];
}

async function isFinished(history: RunHistory, file: RunFileFacts): Promise<boolean> {
  return (await history.isOver(file)) && (await history.read(file.id)).run?.state === 'finished';
}

/** Locks that crashed processes left, of runs that nobody will take up any more. */
async function removeOrphanedLocks(files: EvidenceFiles): Promise<readonly string[]> {
  const all = await files.list();
  const locks = all.filter(({ name }) => lockNameOf(name) !== undefined);
  if (locks.length === 0) {
    return [];
  }
  const history = new RunHistory(files);
  const open = new Set<string>();
  for (const file of await history.list()) {
    if (!(await history.isOver(file))) {
      open.add(file.id);
    }
  }
  const orphaned = locks.filter(({ name }) => !open.has(lockNameOf(name)?.id ?? ''));
  await Promise.all(orphaned.map(({ name }) => files.remove(name)));
  return orphaned.map(({ name }) => name);
}
