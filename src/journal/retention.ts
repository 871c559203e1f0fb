import { isReadable, type JournalFiles } from './journalFiles';
import { lockNameOf, runTime } from './runFileName';
import { causeOf, RunHistory, type RunFileFacts } from './runHistory';

export interface RetentionLimits {
  readonly keepDays: number;
  readonly maxBytes: number;
}

/** One file could not be removed; the others were. */
export type OnNotRemoved = (name: string, error: unknown) => void;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Removes the oldest runs that are over: those beyond the days, then as many as the size asks for. Beyond the days go
 * beginnings too that were never written in full, of which nothing was sent. A run that is not over is never removed,
 * whatever its age and size; a damaged one only where its last line says that it is over; one of a later format
 * never, and neither one that cannot be read, whose size does not push others out.
 *
 * @returns Names of the removed files.
 * @throws The folder cannot be listed.
 */
export async function removeOldRuns(
  files: JournalFiles,
  { keepDays, maxBytes }: RetentionLimits,
  now: Date,
  onNotRemoved: OnNotRemoved,
): Promise<readonly string[]> {
  const history = new RunHistory(files);
  const oldestFirst = [...(await history.list())].reverse();
  let totalBytes = await countedBytes(history, oldestFirst, maxBytes);
  const removed: string[] = [];
  for (const file of oldestFirst) {
    const isOld = now.getTime() - runTime(file.id).getTime() > keepDays * dayMs;
    if (!isOld && totalBytes <= maxBytes) {
      break;
    }
    if ((await mayRemove(history, file, isOld)) && (await remove(files, file.name, onNotRemoved))) {
      totalBytes -= file.sizeBytes;
      removed.push(file.name);
    }
  }
  return [...removed, ...(await removeOrphanedLocks(files, onNotRemoved))];
}

/** Of all files; those that cannot be read are looked for, and left out, only where it may be too much. */
async function countedBytes(
  history: RunHistory,
  runFiles: readonly RunFileFacts[],
  maxBytes: number,
): Promise<number> {
  let bytes = runFiles.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (bytes > maxBytes) {
    for (const file of runFiles) {
      if ((await stateOf(history, file)) === 'unreadable') {
        bytes -= file.sizeBytes;
      }
    }
  }
  return bytes;
}

async function mayRemove(history: RunHistory, file: RunFileFacts, isOld: boolean): Promise<boolean> {
  const state = await stateOf(history, file);
  return state === 'over' || (state === 'neverBegun' && isOld);
}

/**
 * - `over`: its last line says so
 * - `neverBegun`: the plan is on disk before the first request leaves, and where not even its line is whole, none did
 * - `unreadable`: it cannot be read, or a later version wrote it
 */
type FileState = 'over' | 'neverBegun' | 'open' | 'unreadable';

async function stateOf(history: RunHistory, file: RunFileFacts): Promise<FileState> {
  const found = await history.tryRead(file.id);
  const cause = found && causeOf(found);
  if (found === undefined || cause === 'laterFormat' || !isReadable(found)) {
    return 'unreadable';
  }
  if (await isCertainlyOver(history, file)) {
    return 'over';
  }
  if (cause === 'empty' || found.file.headerProblem === 'torn') {
    return 'neverBegun';
  }
  return cause === undefined ? 'open' : 'unreadable';
}

async function isCertainlyOver(history: RunHistory, file: RunFileFacts): Promise<boolean> {
  try {
    return await history.isOver(file);
  } catch {
    return false;
  }
}

/** Locks that crashed processes left, of runs that nobody will take up any more. */
async function removeOrphanedLocks(
  files: JournalFiles,
  onNotRemoved: OnNotRemoved,
): Promise<readonly string[]> {
  const all = await files.list();
  const locks = all.filter(isReadable).filter(({ name }) => lockNameOf(name) !== undefined);
  if (locks.length === 0) {
    return [];
  }
  const history = new RunHistory(files);
  const open = new Set<string>();
  for (const entry of await history.entries()) {
    if (!isReadable(entry) || !(await isCertainlyOver(history, entry))) {
      open.add(entry.id);
    }
  }
  const removed: string[] = [];
  for (const { name } of locks.filter((lock) => !open.has(lockNameOf(lock.name)?.id ?? ''))) {
    if (await remove(files, name, onNotRemoved)) {
      removed.push(name);
    }
  }
  return removed;
}

async function remove(files: JournalFiles, name: string, onNotRemoved: OnNotRemoved): Promise<boolean> {
  try {
    await files.remove(name);
    return true;
  } catch (error) {
    onNotRemoved(name, error);
    return false;
  }
}
