const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** Default of `active_from`: one calendar month earlier; 31 March goes back to the last day of February. */
export function oneMonthBefore(now: Date): Date {
  const earlier = new Date(now);
  earlier.setUTCMonth(earlier.getUTCMonth() - 1);
  if (earlier.getUTCDate() !== now.getUTCDate()) {
    earlier.setUTCDate(0); // the shorter month overflowed into the next one
  }
  return earlier;
}

/** RFC 3339 in UTC. Docker Hub writes six fractional digits in listings and nine in a summary. */
export function formatTime(at: Date, fractionDigits: 6 | 9): string {
  return at.toISOString().replace('Z', `${'0'.repeat(fractionDigits - 3)}Z`);
}

/** @returns `undefined` when the text is not an RFC 3339 time. */
export function parseTime(text: string): Date | undefined {
  const milliseconds = rfc3339.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds);
}
