/** Beginning of Go's zero time, which means that a time was never set. */
const zeroYear = '0001-';

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/**
 * Parses a time as Docker Hub writes it: RFC 3339 with any number of fractional digits, truncated to milliseconds.
 *
 * @returns `undefined` for an unknown time: `null`, missing, empty or Go's zero time (year 1).
 * @throws {RangeError} The value is anything else.
 */
export function parseInstant(value: unknown): Date | undefined {
  if (value === null || value === undefined || value === '') {
    return undefined;
  }
  if (typeof value !== 'string' || !rfc3339.test(value)) {
    throw new RangeError('expected an RFC 3339 time');
  }
  if (value.startsWith(zeroYear)) {
    return undefined;
  }
  const milliseconds = Date.parse(value.toUpperCase());
  if (Number.isNaN(milliseconds)) {
    throw new RangeError('expected an RFC 3339 time');
  }
  return new Date(milliseconds);
}
