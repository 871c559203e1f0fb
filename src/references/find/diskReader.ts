import * as fs from 'node:fs';
import { promisify } from 'node:util';
import type { EntryKind, FolderEntry, FolderReader, OpenFile } from './folderReader';

// file descriptors cost less than the objects of node:fs/promises, which counts with thousands of files
const close = promisify(fs.close);
const fstat = promisify(fs.fstat);
const open = promisify(fs.open);
const readdir = promisify(fs.readdir);
const stat = promisify(fs.stat);
const lstat = promisify(fs.lstat);

/** Reads a folder of this machine. */
export class DiskReader implements FolderReader {
  readonly #root: string;

  /** @param root Path of the folder. */
  constructor(root: string) {
    this.#root = root;
  }

  async list(folder: string): Promise<readonly FolderEntry[]> {
    const entries = await readdir(this.#pathOf(folder), { withFileTypes: true });
    const listed: FolderEntry[] = [];
    for (const entry of entries) {
      const kind = entry.isSymbolicLink()
        ? await this.#targetKind(`${this.#pathOf(folder)}/${entry.name}`)
        : kindOfStats(entry);
      listed.push({ name: entry.name, kind });
    }
    return listed;
  }

  async kindOf(path: string): Promise<EntryKind | undefined> {
    try {
      const stats = await lstat(this.#pathOf(path));
      return stats.isSymbolicLink() ? await this.#targetKind(this.#pathOf(path)) : kindOfStats(stats);
    } catch (error) {
      if (this.isGone(error)) return undefined;
      throw error;
    }
  }

  async open(file: string): Promise<OpenFile> {
    return new DiskFile(await open(this.#pathOf(file), 'r'));
  }

  isGone(error: unknown): boolean {
    return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
  }

  async #targetKind(path: string): Promise<EntryKind> {
    try {
      const kind = kindOfStats(await stat(path));
      return kind === 'folder' ? 'folderLink' : kind;
    } catch {
      return 'other'; // its target is missing, a circle, or not accessible
    }
  }

  #pathOf(path: string): string {
    return path === '' ? this.#root : `${this.#root}/${path}`;
  }
}

class DiskFile implements OpenFile {
  readonly knownSize = undefined;
  readonly #descriptor: number;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  async size(): Promise<number> {
    return (await fstat(this.#descriptor)).size;
  }

  read(target: Uint8Array): Promise<number> {
    return new Promise((resolve, reject) => {
      fs.read(this.#descriptor, target, 0, target.length, null, (error, bytes) => {
        if (error === null) resolve(bytes);
        else reject(error);
      });
    });
  }

  close(): Promise<void> {
    return close(this.#descriptor);
  }
}

function kindOfStats(stats: { isFile(): boolean; isDirectory(): boolean }): EntryKind {
  if (stats.isFile()) return 'file';
  return stats.isDirectory() ? 'folder' : 'other';
}
