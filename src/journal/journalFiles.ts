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

/** The folder of the journal, with as much of a file system as it needs. Names have no path. */
export interface JournalFiles {
  /** Every file, in no particular order; none where there is no folder yet. */
  list(): Promise<readonly JournalFileFacts[]>;
  /**
   * @param lastBytes Reads only this many bytes from the end.
   * @throws There is no such file, or it cannot be read.
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
