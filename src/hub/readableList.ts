/** A part of a list that could not be read. */
export interface UnreadPart {
  /** Index in the list of the first entry that could not be read, from 0. */
  readonly position: number;
  /** Number of entries; `undefined` if it is not known. */
  readonly count: number | undefined;
  /** For logs and details; repeats nothing that the server sent. */
  readonly reason: string;
}

/** What could be read of a list, and what could not. */
export interface ReadableList<T> {
  readonly items: readonly T[];
  /** In the order of the list; empty if the list is complete. */
  readonly unread: readonly UnreadPart[];
}

/** What could be read of a list whose entries may be readable in part. */
export interface SalvagedList<T> extends ReadableList<T> {
  /** Those of {@link items} of which only a part could be read. They are among {@link unread} too. */
  readonly partial: readonly T[];
  /** Number of entries in the list. */
  readonly length: number;
}

/** Returns the same parts as they are counted in a list that has this number of entries before them. */
export function unreadAfter(before: number, parts: readonly UnreadPart[]): readonly UnreadPart[] {
  return before === 0 ? parts : parts.map((part) => ({ ...part, position: before + part.position }));
}

/** Number of entries that could not be read; `undefined` if it is not known. */
export function countOf(unread: readonly UnreadPart[]): number | undefined {
  return unread.some(({ count }) => count === undefined)
    ? undefined
    : unread.reduce((sum, { count = 0 }) => sum + count, 0);
}
