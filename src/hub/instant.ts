/** What Go writes for a time that was never set. */
const zeroYear = '0001-';

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/**
 * A time as the Hub writes it: RFC 3339, zero to nine fractional digits (kept to milliseconds).
 *
 * @returns `undefined` for a time that is not known: null, missing, empty or the zero time.
 * @throws {RangeError} The value is none of these.
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
