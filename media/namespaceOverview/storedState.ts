import { array, boolean, is, nullable, picklist, strictObject, string } from 'valibot';
import { positionSchema, type Position } from '../webview/position';
import { columns, initialSorting, type Sorting } from './sorting';

/** What survives while the panel is hidden. */
export interface StoredState {
  readonly sorting: Sorting;
  readonly search: string;
  /** Names of the selected repositories. */
  readonly selected: readonly string[];
  /** `null` at the upper end of the page. */
  readonly position: Position | null;
}

const schema = strictObject({
  sorting: strictObject({ column: picklist(columns), isDescending: boolean() }),
  search: string(),
  selected: array(string()),
  position: nullable(positionSchema),
});

/** What an earlier life of the webview stored, if it is one. */
export function readStoredState(state: unknown): StoredState {
  return is(schema, state) ? state : { sorting: initialSorting, search: '', selected: [], position: null };
}
