import * as v from 'valibot';
import { parseDigest } from './digest';
import { HubError, type HubErrorFacts } from './errors';
import { parseInstant } from './instant';
import { parseNamespaceName, parseRepositoryName } from './names';

/** Describes a part of an answer and what it becomes in the model. */
export type WireSchema<T> = v.GenericSchema<unknown, T>;

/**
 * Reads an answer's body.
 *
 * @throws {HubError} `protocol`; its reason names the place: `results[3].digest: expected a digest`.
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

/** An answer that contradicts the request, the contract or itself. */
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

/** An object with at least these fields; others are tolerated and dropped. */
export function object<const T extends v.ObjectEntries>(entries: T) {
  return v.object(entries, 'expected an object');
}

export function list<T>(item: WireSchema<T>) {
  return v.array(item, 'expected a list');
}

/** A list that the Hub writes as `null` or leaves out when it is empty. */
export function emptyableList<T>(item: WireSchema<T>) {
  return v.nullish(list(item), []);
}

export const text = v.string('expected text');
export const flag = v.boolean('expected true or false');

/** How many of something. */
export const count = v.pipe(
  v.number('expected a whole number'),
  v.safeInteger('expected a whole number'),
  v.minValue(0, 'expected no negative number'),
);

export function oneOf<const T extends readonly string[]>(values: T) {
  return v.picklist(values, `expected ${values.join(' or ')}`);
}

/** Text that a parser of the domain accepts, or refuses with a `RangeError`. */
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

export const digest = parsed(parseDigest, 'expected a digest');
export const namespaceName = parsed(parseNamespaceName, 'expected the name of a namespace');
export const repositoryName = parsed(parseRepositoryName, 'expected the name of a repository');

/** A time; null, missing, empty and the zero time all mean that it is not known. */
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
