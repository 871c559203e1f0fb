/** What stands in the messages of several webviews. */
import {
  array,
  boolean,
  integer,
  isoTimestamp,
  literal,
  maxValue,
  minValue,
  nullable,
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

/** Images by their activity. */
export const activityCounts = strictObject({
  total: count,
  active: count,
  inactive: count,
  /** Of unknown activity; `null` if the server counts them as inactive. */
  unknown: nullable(count),
  /** How many may be parts of others, so that `total` may be too high. */
  undetermined: count,
});

/** What the state of every webview says; each adds what is its own. */
export type PageState = ReadonlyOutput<typeof pageState>;
export const pageState = strictObject({
  type: literal('state'),
  /** Of the page and its tab. */
  title: string(),
  /** What just happened, for the live region. */
  status: string(),
  /** Whether the server is the embedded sandbox. */
  isSandbox: boolean(),
  notices,
});

/** The webview has loaded and listens. */
export type ReadyMessage = ReadonlyOutput<typeof readyMessage>;
export const readyMessage = strictObject({ type: literal('ready') });
