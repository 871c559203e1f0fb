import { boolean, is, nullable, number, strictObject } from 'valibot';

/** What survives while the panel is hidden. */
export interface StoredState {
  /** Where the line was moved to, in milliseconds; `null` where nobody has. */
  readonly line: number | null;
  readonly isTableOpen: boolean;
}

const schema = strictObject({ line: nullable(number()), isTableOpen: boolean() });

/** What an earlier life of the webview stored, if it is one. */
export function readStoredState(state: unknown): StoredState {
  return is(schema, state) ? state : { line: null, isTableOpen: false };
}
