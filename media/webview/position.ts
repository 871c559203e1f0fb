import { integer, is, minValue, number, pipe, strictObject } from 'valibot';

/** A place in the list that does not depend on how tall the rows above it are. */
export interface Position {
  /** Index of the row at the upper edge of the view. */
  readonly row: number;
  /** Pixels of that row above the edge. */
  readonly offsetPx: number;
}

export const positionSchema = strictObject({
  row: pipe(number(), integer(), minValue(0)),
  offsetPx: number(),
});

/** What an earlier life of the webview stored, if it is one. */
export function readPosition(state: unknown): Position | undefined {
  return is(positionSchema, state) ? state : undefined;
}

export function isSamePosition(one: Position | undefined, other: Position | undefined): boolean {
  return one?.row === other?.row && one?.offsetPx === other?.offsetPx;
}
