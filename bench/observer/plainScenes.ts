/** Rows that are there so long after they were asked for, as those of a server are. */
export interface PlainScene {
  readonly rows: number;
  readonly afterMs: number;
}

/** As many rows as one page of images has with the row that loads more, and as many as a namespace has repositories. */
export const plainScenes = {
  images: { rows: 101, afterMs: 50 },
  repositories: { rows: 2000, afterMs: 200 },
} as const satisfies Record<string, PlainScene>;

/** Every scene is there so often, for a row is opened once. */
export const plainRepeats = 9;

/** What stands in the row that opens the scene. */
export function plainTitle({ rows, afterMs }: PlainScene, repeat: number): string {
  return `${rows} rows after ${afterMs} ms (${repeat})`;
}
