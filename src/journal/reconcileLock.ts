import { errorCode, type JournalFileFacts, type JournalFiles } from './journalFiles';
import { decodeWriter } from './journalFormat';
import { lockFileName, lockNameOf, type RunId } from './runFileName';
import { writeAll } from './writeAll';
import { isGone, type LivenessOptions, type Writer } from './writer';

/** Held by the one process that takes up a run. */
export interface ReconcileLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a run, unless a living process has it.
 *
 * A lock whose process has gone is left where it is and the next generation is made: of two processes that find the same
 * dead lock only one can make that file, and nobody can remove a lock that is somebody else's.
 *
 * @returns `undefined`: another process has it. Whoever gets it reads the run again, for it may be over by now.
 */
export async function takeReconcileLock(
  files: JournalFiles,
  id: RunId,
  liveness: LivenessOptions,
): Promise<ReconcileLock | undefined> {
  const locks = (await files.list()).flatMap((file) => {
    const lock = lockNameOf(file.name);
    return lock?.id === id ? [{ ...file, generation: lock.generation }] : [];
  });
  for (const lock of locks) {
    if (!isGone(await holderOf(files, lock), lock.modifiedAt, liveness)) {
      return undefined;
    }
  }
  const generation = Math.max(0, ...locks.map((lock) => lock.generation)) + 1;
  return make(files, lockFileName({ id, generation }), liveness.self);
}

async function make(files: JournalFiles, name: string, self: Writer): Promise<ReconcileLock | undefined> {
  const file = await files.create(name).catch((error: unknown) => {
    if (errorCode(error) === 'EEXIST') {
      return undefined;
    }
    throw error;
  });
  if (file === undefined) {
    return undefined;
  }
  const release = () => files.remove(name);
  try {
    await writeAll(file, new TextEncoder().encode(JSON.stringify(self)));
  } catch (error) {
    await release().catch(() => undefined); // a lock that names nobody would be respected for a day
    throw error;
  }
  return { release };
}

/** `undefined` where it is being written, was not written in full or has just been released. */
async function holderOf(files: JournalFiles, { name }: JournalFileFacts): Promise<Writer | undefined> {
  try {
    return decodeWriter(await files.read(name));
  } catch {
    return undefined;
  }
}
