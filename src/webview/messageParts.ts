/** What stands in the messages of every webview. */
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
  type InferOutput,
} from 'valibot';

/**
 * What a schema lets through. Messages are only read, and valibot's own `readonly()` would have to stand at each of their
 * objects and lists.
 */
export type ReadonlyOutput<Schema extends GenericSchema> = DeepReadonly<InferOutput<Schema>>;

type DeepReadonly<Value> = { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> };

export const count = pipe(number(), integer(), minValue(0), maxValue(Number.MAX_SAFE_INTEGER));
/** RFC 3339. */
export const instant = pipe(string(), isoTimestamp());

/** Something to be read before anything is decided. */
export type Notice = ReadonlyOutput<typeof notice>;
const notice = strictObject({ severity: picklist(['info', 'warning', 'error']), text: string() });
export const notices = array(notice);
