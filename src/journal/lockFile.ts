import { errorCode, isReadable, type JournalFileFacts, type JournalFiles } from './journalFiles';
import { decodeWriter } from './journalFormat';
import { writeAll } from './writeAll';
import type { Writer } from './writer';

/** The names of the files of one lock. */
export interface LockNaming {
  readonly fileName: (generation: number) => string;
  /** @returns `undefined` for any other file. */
  readonly generationOf: (fileName: string) => number | undefined;
}

export interface LockFileOptions {
  readonly files: JournalFiles;
  readonly naming: LockNaming;
  readonly self: Writer;
  /**
   * Whether the holder of a lock has gone.
   *
   * @param holder `undefined` if it is not known.
   * @param lastSign When the lock was written.
   */
  readonly isGone: (holder: Writer | undefined, lastSign: Date) => boolean;
}

/** A lock that this process holds. */
export interface LockFile {
  /** Locks of the same name whose holders have gone. Only the holder of the lock may remove them. */
  readonly passedOver: readonly string[];
  /**
   * Gives a sign of life: after a day without one, others take the lock over even if its process seems to live.
   *
   * @throws It could not be written.
   */
  touch(): Promise<void>;
  /** @throws The file could not be removed. */
  release(): Promise<void>;
}

/** A lock is there, and the system does not say when it was written. Nobody may take it. */
export class UnreadableLockError extends Error {
  override readonly name = 'UnreadableLockError';
}

/** Added to the file for a sign of life; JSON may end with it. */
const blank = new TextEncoder().encode(' ');

/**
 * Takes a lock, unless a living process has it.
 *
 * A lock whose process has gone is left where it is and the next generation is made: of two processes that find the same
 * dead lock only one can make that file, and nobody can remove a lock that is somebody else's. Once it is made, all
 * generations are looked at again: a process that looked long ago may have made a number that is no longer the next one.
 *
 * @returns `undefined`: another process has it, or wants it at the same moment.
 * @throws The lock could not be read or written.
 */
export async function takeLockFile(options: LockFileOptions): Promise<LockFile | undefined> {
  const { files, naming, self } = options;
  const before = await generations(options);
  if (!(await areAllGone(before, options))) {
    return undefined;
  }
  const name = naming.fileName(Math.max(0, ...before.map(({ generation }) => generation)) + 1);
  if (!(await make(files, name, self))) {
    return undefined;
  }
  const release = () => files.remove(name);
  const touch = async () => writeAll(await files.append(name), blank);
  try {
    const others = (await generations(options)).filter((other) => other.name !== name);
    if (await areAllGone(others, options)) {
      return { passedOver: others.map((other) => other.name), touch, release };
    }
  } catch (error) {
    await release().catch(() => undefined); // what came first is what matters
    throw error;
  }
  await release();
  return undefined;
}

interface Generation {
  readonly name: string;
  readonly generation: number;
  /** `undefined`: a folder or a broken link, which no process makes to hold a lock; only its name is taken. */
  readonly modifiedAt: Date | undefined;
}

async function generations({ files, naming }: LockFileOptions): Promise<readonly Generation[]> {
  return (await files.list()).flatMap((entry): readonly Generation[] => {
    const { name } = entry;
    const generation = naming.generationOf(name);
    if (generation === undefined) {
      return [];
    }
    if (isReadable(entry)) {
      return [{ name, generation, modifiedAt: entry.modifiedAt }];
    }
    if (entry.unreadable !== 'notAFile' && entry.unreadable !== 'brokenLink') {
      throw new UnreadableLockError(`the lock ${name} cannot be read: ${entry.unreadable}`);
    }
    return [{ name, generation, modifiedAt: undefined }];
  });
}

async function areAllGone(
  locks: readonly Generation[],
  { files, isGone }: LockFileOptions,
): Promise<boolean> {
  for (const lock of locks) {
    if (lock.modifiedAt !== undefined && !isGone(await holderOf(files, lock), lock.modifiedAt)) {
      return false;
    }
  }
  return true;
}

/** @returns Whether it is this process that made the file. */
async function make(files: JournalFiles, name: string, self: Writer): Promise<boolean> {
  const file = await files.create(name).catch((error: unknown) => {
    if (errorCode(error) === 'EEXIST') {
      return undefined;
    }
    throw error;
  });
  if (file === undefined) {
    return false;
  }
  try {
    await writeAll(file, new TextEncoder().encode(JSON.stringify(self)));
  } catch (error) {
    await files.remove(name).catch(() => undefined); // a lock that names nobody would be respected for a day
    throw error;
  }
  return true;
}

/** `undefined` where it is being written, was not written in full or has just been released. */
async function holderOf(
  files: JournalFiles,
  { name }: Pick<JournalFileFacts, 'name'>,
): Promise<Writer | undefined> {
  try {
    return decodeWriter(await files.read(name));
  } catch {
    return undefined;
  }
}
