import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  errorCode,
  type JournalEntry,
  type JournalFile,
  type JournalFileFacts,
  type JournalFiles,
} from './journalFiles';
import { unreadableCause } from './unreadableCause';

/** Systems that cannot flush a folder say one of these. */
const folderSyncUnsupported = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF']);

/** Several times the file of the largest deletion, and less than what a text can hold. */
export const readLimitBytes = 512 * 1024 * 1024;

/** JournalFolder in a folder of this machine. */
export class FolderFiles implements JournalFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<readonly JournalEntry[]> {
    const names = (await unlessMissing(readdir(this.#folder))) ?? [];
    const entries = await Promise.all(names.map((name) => this.#entry(name)));
    return entries.flat();
  }

  async read(name: string, lastBytes = Infinity): Promise<Uint8Array> {
    const handle = await open(this.#path(name), 'r');
    try {
      const { size } = await handle.stat();
      const start = Math.max(0, size - lastBytes);
      if (size - start > readLimitBytes) {
        throw Object.assign(new Error('the file is too large'), { code: 'EFBIG' });
      }
      const bytes = new Uint8Array(size - start);
      let done = 0;
      while (done < bytes.length) {
        const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done);
        if (bytesRead === 0) {
          break; // it has become shorter meanwhile
        }
        done += bytesRead;
      }
      return bytes.subarray(0, done);
    } finally {
      await handle.close();
    }
  }

  async create(name: string): Promise<JournalFile> {
    const made = await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) {
      await syncFolder(dirname(made));
    }
    return new HandleFile(await open(this.#path(name), 'ax', 0o600));
  }

  async append(name: string): Promise<JournalFile> {
    // without O_CREAT: a file that somebody removed is not created again in the middle
    return new HandleFile(await open(this.#path(name), constants.O_WRONLY | constants.O_APPEND));
  }

  async syncFolder(): Promise<void> {
    await syncFolder(this.#folder);
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  /** Nothing where the name is gone. */
  async #entry(name: string): Promise<readonly JournalEntry[]> {
    try {
      const found = (await unlessMissing(stat(this.#path(name)))) ?? (await lstat(this.#path(name)));
      if (found.isSymbolicLink()) {
        return [{ name, unreadable: 'brokenLink' }];
      }
      return [found.isFile() ? factsOf(name, found) : { name, unreadable: 'notAFile' }];
    } catch (error) {
      const code = errorCode(error);
      return code === 'ENOENT' ? [] : [{ name, unreadable: unreadableCause(code) }];
    }
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

class HandleFile implements JournalFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async write(bytes: Uint8Array): Promise<number> {
    return (await this.#handle.write(bytes)).bytesWritten;
  }

  async sync(): Promise<void> {
    await this.#handle.sync();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

function factsOf(name: string, { size, mtime }: Stats): JournalFileFacts {
  return { name, sizeBytes: size, modifiedAt: mtime };
}

async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!folderSyncUnsupported.has(errorCode(error) ?? '')) {
      throw error;
    }
  }
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
