import type { UnreadableCause } from './unreadableCause';

/** One file that records are added to. */
export interface JournalFile {
  /** @returns How many of the bytes were written; it need not be all of them. */
  write(bytes: Uint8Array): Promise<number>;
  /** Resolves when everything written is on the disk itself. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface JournalFileFacts {
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

/** A name in the folder, of which the system does not say what a reader needs. */
export interface UnreadableEntry {
  readonly name: string;
  readonly unreadable: UnreadableCause;
}

export type JournalEntry = JournalFileFacts | UnreadableEntry;

export function isReadable<T extends object>(
  entry: T,
): entry is Exclude<T, { readonly unreadable: UnreadableCause }> {
  return !('unreadable' in entry);
}

/** The folder of the journal, with as much of a file system as it needs. Names have no path. */
export interface JournalFiles {
  /**
   * Everything in the folder, in no particular order; nothing where there is no folder yet. One name that cannot be looked
   * at keeps no other from being listed.
   *
   * @throws The folder cannot be listed.
   */
  list(): Promise<readonly JournalEntry[]>;
  /**
   * @param lastBytes Reads only this many bytes from the end.
   * @throws There is no such file, it cannot be read, or as much of it is asked for as no run has (`EFBIG`).
   */
  read(name: string, lastBytes?: number): Promise<Uint8Array>;
  /**
   * Makes a file that nobody else on the machine may read, and its folder.
   *
   * @throws It is there already, or cannot be made.
   */
  create(name: string): Promise<JournalFile>;
  /** @throws There is no such file, or it cannot be written. */
  append(name: string): Promise<JournalFile>;
  /** Resolves when a new file is in the folder on the disk itself, where the system can tell. */
  syncFolder(): Promise<void>;
  /** Does nothing where there is no such file. */
  remove(name: string): Promise<void>;
}

/** What the system calls an error, such as `ENOSPC`. */
export function errorCode(error: unknown): string | undefined {
  const isCoded = error instanceof Error && 'code' in error && typeof error.code === 'string';
  return isCoded ? (error.code as string) : undefined; // checked just before; the compiler keeps it unknown
}
