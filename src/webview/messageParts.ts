import {
  array,
  integer,
  isoTimestamp,
  maxValue,
  minValue,
  number,
  picklist,
  pipe,
  strictObject,
  string,
  type GenericSchema,
} from 'valibot';

/** Something to be read before anything is decided. */
export interface Notice {
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** Shapes of what stands in messages of every webview. */
export const count = pipe(number(), integer(), minValue(0), maxValue(Number.MAX_SAFE_INTEGER));
export const instant = pipe(string(), isoTimestamp());
export const notices: GenericSchema<readonly Notice[]> = array(
  strictObject({ severity: picklist(['info', 'warning', 'error']), text: string() }),
);
