import type { JournalFiles } from './journalFiles';
import { lockNameOf, runTime } from './runFileName';
import { RunHistory, type RunFileFacts } from './runHistory';

export interface RetentionLimits {
  readonly keepDays: number;
  readonly maxBytes: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Removes the oldest runs that are over: those beyond the days, then as many as the size asks for. Beyond the days go
 * beginnings too that were never written in full, of which nothing was sent. A run that is not over is never removed,
 * whatever its age and size; a damaged one only where its last line says that it is over.
 *
 * @returns Names of the removed files.
 */
export async function removeOldRuns(
  files: JournalFiles,
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
    if ((await history.isOver(file)) || (isOld && (await wasNeverBegun(history, file)))) {
      await files.remove(file.name);
      totalBytes -= file.sizeBytes;
      removed.push(file.name);
    }
  }
  return [...removed, ...(await removeOrphanedLocks(files))];
}

/** The plan is on disk before the first request leaves: where not even its line is whole, none did. */
async function wasNeverBegun(history: RunHistory, { id }: RunFileFacts): Promise<boolean> {
  const { header, lines, damagedLines } = (await history.read(id)).file;
  return header === undefined && lines.length === 0 && damagedLines === 0;
}

/** Locks that crashed processes left, of runs that nobody will take up any more. */
async function removeOrphanedLocks(files: JournalFiles): Promise<readonly string[]> {
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
