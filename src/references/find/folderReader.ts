/**
 * What is in a folder:
 *
 * - `folderLink`: a symbolic link to a folder
 * - `other`: a socket, a device, or a symbolic link that leads nowhere
 */
export type EntryKind = 'file' | 'folder' | 'folderLink' | 'other';

export interface FolderEntry {
  readonly name: string;
  readonly kind: EntryKind;
}

/** A file that is being read. */
export interface OpenFile {
  /** Bytes, if that was known before; `undefined`: it costs a request. */
  readonly knownSize: number | undefined;
  /** In bytes. */
  size(): Promise<number>;
  /**
   * Reads what comes next.
   *
   * @returns Number of bytes, which may be fewer than there is room for; 0 at the end of the file.
   */
  read(target: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/** Reads one folder and what is in it. Paths are relative to it, with `/`; it is `''` itself. Nothing is ever written. */
export interface FolderReader {
  list(folder: string): Promise<readonly FolderEntry[]>;
  /** @returns `undefined` if there is nothing. */
  kindOf(path: string): Promise<EntryKind | undefined>;
  open(file: string): Promise<OpenFile>;
  /** Whether another method failed because the file or folder no longer exists. */
  isGone(error: unknown): boolean;
}

/** Path of an entry of a folder. */
export function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Path of the folder that contains the file or folder. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Last part of the path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
