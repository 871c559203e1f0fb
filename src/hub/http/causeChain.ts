import { plainText } from '../plainText';

/** Errors that are examined. A chain that is longer, or leads in a circle, ends there. */
const chainLimit = 8;

/** The error and the ones behind it, outermost first, each once. An attempt at several addresses has several causes. */
export function causesOf(error: unknown): readonly Error[] {
  const found = new Set<Error>();
  const left: unknown[] = [error];
  while (left.length > 0 && found.size < chainLimit) {
    const next = left.shift();
    if (next instanceof Error && !found.has(next)) {
      found.add(next);
      left.push(next.cause, ...(next instanceof AggregateError ? (next.errors as unknown[]) : []));
    }
  }
  return [...found];
}

/** The code of Node.js, OpenSSL or the system; `undefined` if the error has none. */
export function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Describes the whole chain for the log. Errors of `fetch` contain the URL with its query, and those of a proxy may contain
 * its user name and password: neither addresses nor secrets are repeated.
 *
 * @param confidential Secrets of the request.
 */
export function describeCauses(error: unknown, confidential: readonly string[]): string {
  const causes = causesOf(error).map((cause) => describeCause(cause, confidential));
  return causes.length === 0 ? 'the connection failed' : [...new Set(causes)].join('; caused by ');
}

function describeCause(cause: Error, confidential: readonly string[]): string {
  const [, reason = cause.message] = /reason: (.*)$/s.exec(cause.message) ?? [];
  const text = plainText(reason.replace(/\?\S*/g, '…'), confidential);
  const code = codeOf(cause) ?? cause.name;
  return text === undefined ? code : `${code} ${text}`;
}
