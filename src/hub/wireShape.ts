import * as v from 'valibot';
import { parseDigest } from './digest';
import { HubError, type HubErrorFacts } from './errors';
import { parseInstant } from './instant';
import { isPathSegment, parseListedNamespaceName, parseListedRepositoryName } from './names';
import type { ReadableList, SalvagedList, UnreadPart } from './readableList';

/** A schema that validates a part of an answer and converts it to the model. */
export type WireSchema<T> = v.GenericSchema<unknown, T>;

/**
 * Validates the body of an answer and converts it to the model.
 *
 * @throws {HubError} `protocol`; the reason names the place: `results[3].digest: expected a digest`.
 */
export function decode<T>(
  schema: WireSchema<T>,
  answer: Pick<HubErrorFacts, 'method' | 'path' | 'status'> & { readonly body: unknown },
): T {
  const result = v.safeParse(schema, answer.body, { abortEarly: true });
  if (result.success) {
    return result.output;
  }
  throw protocolError(answer, explain(result.issues[0]));
}

/**
 * Creates the error for an answer that contradicts the request, the API reference or itself.
 *
 * @param reason For logs and details; must not contain secrets.
 */
export function protocolError(
  { method, path, status }: Pick<HubErrorFacts, 'method' | 'path' | 'status'>,
  reason: string,
): HubError {
  return new HubError('protocol', { method, path, ...(status === undefined ? {} : { status }), reason });
}

function explain(issue: v.BaseIssue<unknown>): string {
  const place = (issue.path ?? []).map(({ key }) =>
    typeof key === 'number' ? `[${key}]` : `.${String(key)}`,
  );
  const message = issue.input === undefined ? 'missing' : issue.message;
  return place.length === 0 ? message : `${place.join('').replace(/^\./, '')}: ${message}`;
}

/** An object with at least these fields. Other fields are accepted and dropped. */
export function object<const T extends v.ObjectEntries>(entries: T) {
  return v.pipe(v.custom<object>(isObject, notAnObject), v.object(entries, notAnObject));
}

const notAnObject = 'expected an object';

/** Of an array, `v.object` reads fields too, and finds none. */
function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An array of items. `null` and missing are errors; see {@link emptyableList}. */
export function list<T>(item: WireSchema<T>) {
  return v.array(item, 'expected a list');
}

/** An array that a registry writes as `null` when it is empty. Missing is an error. */
export function nullableList<T>(item: WireSchema<T>) {
  return v.pipe(
    v.nullable(list(item)),
    v.transform((items) => items ?? []),
  );
}

/** An array that Docker Hub writes as `null` or omits when it is empty. */
export function emptyableList<T>(item: WireSchema<T>) {
  return v.nullish(list(item), []);
}

/**
 * An array of which each entry is judged by itself: what does not match the schema is set apart, and the others are kept.
 * `null`, missing and any other value than an array are errors.
 */
export function readableList<T>(item: WireSchema<T>): WireSchema<ReadableList<T>> {
  return v.pipe(
    list(v.unknown()),
    v.transform((entries) => readEach(item, entries)),
  );
}

function readEach<T>(item: WireSchema<T>, entries: readonly unknown[]): ReadableList<T> {
  const items: T[] = [];
  const unread: UnreadPart[] = [];
  for (const [position, entry] of entries.entries()) {
    const result = v.safeParse(item, entry, { abortEarly: true });
    if (result.success) {
      items.push(result.output);
    } else {
      unread.push({ position, count: 1, reason: explain(result.issues[0]) });
    }
  }
  return { items, unread };
}

/**
 * As {@link readableList}, but what can be read of an entry that does not match the schema is kept.
 *
 * @param rest Schema of such an entry. One that does not even match this is lost.
 */
export function salvagedList<T>(item: WireSchema<T>, rest: WireSchema<T>): WireSchema<SalvagedList<T>> {
  return v.pipe(
    list(v.unknown()),
    v.transform((entries) => salvageEach(item, rest, entries)),
  );
}

function salvageEach<T>(
  item: WireSchema<T>,
  rest: WireSchema<T>,
  entries: readonly unknown[],
): SalvagedList<T> {
  const { items, unread } = readEach(item, entries);
  if (unread.length === 0) {
    return { items, unread, partial: [], length: entries.length };
  }
  const partial = readEach(
    rest,
    unread.map(({ position }) => entries[position]),
  ).items;
  return { items: [...items, ...partial], unread, partial, length: entries.length };
}

/** A value that is `undefined` if it does not match the schema. */
export function unlessUnreadable<T>(schema: WireSchema<T>) {
  return v.optional(
    v.pipe(
      v.unknown(),
      v.transform((value): T | undefined => {
        const result = v.safeParse(schema, value, { abortEarly: true });
        return result.success ? result.output : undefined;
      }),
    ),
  );
}

/** A string, which may be empty. */
export const text = v.string('expected text');
/** A JSON boolean. Numbers and strings are errors. */
export const flag = v.boolean('expected true or false');

/** A whole number from 0. */
export const count = v.pipe(
  v.number('expected a whole number'),
  v.safeInteger('expected a whole number'),
  v.minValue(0, 'expected no negative number'),
);

/** One of these strings. The message of a failure lists them. */
export function oneOf<const T extends readonly string[]>(values: T) {
  return v.picklist(values, `expected ${values.join(' or ')}`);
}

/** A string that a `parse…` function converts, or rejects with a `RangeError`. */
function parsed<T>(parse: (text: string) => T, expected: string): WireSchema<T> {
  return v.pipe(
    v.string(expected),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      try {
        return parse(dataset.value);
      } catch {
        addIssue({ message: expected });
        return NEVER;
      }
    }),
  );
}

/** A digest, as {@link parseDigest} accepts it. */
export const digest = parsed(parseDigest, 'expected a digest');
/** The name of a namespace, as {@link parseListedNamespaceName} accepts it. */
export const namespaceName = parsed(parseListedNamespaceName, 'expected the name of a namespace');
/** The name of a repository without its namespace, as {@link parseListedRepositoryName} accepts it. */
export const repositoryName = parsed(parseListedRepositoryName, 'expected the name of a repository');
/** A string that can be a segment of a path, see {@link isPathSegment}. */
export const pathSegment = v.pipe(text, v.check(isPathSegment, 'expected a name that can be used in a path'));

/** A time, as {@link parseInstant} accepts it. `undefined` if it is `null`, missing, empty or Go's zero time. */
export const instant = v.optional(
  v.pipe(
    v.unknown(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      try {
        return parseInstant(dataset.value);
      } catch {
        addIssue({ message: 'expected a time' });
        return NEVER;
      }
    }),
  ),
);

/**
 * A time that an answer may leave out altogether. `undefined` if the field is missing, so that the answer tells nothing;
 * otherwise `at`, which is `undefined` if the answer tells that there is no such time.
 */
export const reportedInstant = v.optional(
  v.pipe(
    instant,
    v.transform((at) => ({ at })),
  ),
);
