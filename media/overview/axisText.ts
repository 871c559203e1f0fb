const daySeconds = 24 * 60 * 60;

/**
 * What stands below a tick of the time axis, in UTC: as much of a date as distinguishes it from its neighbors.
 *
 * @param incrementSeconds How far apart the ticks are.
 */
export function axisText(at: number, incrementSeconds: number): string {
  const words = (options: Intl.DateTimeFormatOptions) =>
    new Date(at).toLocaleDateString('en-GB', { ...options, timeZone: 'UTC' });
  if (incrementSeconds >= 365 * daySeconds) {
    return words({ year: 'numeric' });
  }
  return incrementSeconds >= 28 * daySeconds
    ? words({ month: 'short', year: 'numeric' })
    : words({ day: 'numeric', month: 'short' });
}
