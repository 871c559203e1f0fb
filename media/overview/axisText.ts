import { dateText } from '../../src/texts/formats';

const daySeconds = 24 * 60 * 60;

/**
 * What stands below a tick of the time axis, in UTC: as much of a date as distinguishes it from its neighbors.
 *
 * @param incrementSeconds How far apart the ticks are.
 */
export function axisText(at: number, incrementSeconds: number): string {
  return dateText(new Date(at), { ...partsFor(incrementSeconds), timeZone: 'UTC' });
}

function partsFor(incrementSeconds: number): Intl.DateTimeFormatOptions {
  if (incrementSeconds >= 365 * daySeconds) {
    return { year: 'numeric' };
  }
  return incrementSeconds >= 28 * daySeconds
    ? { month: 'short', year: 'numeric' }
    : { day: 'numeric', month: 'short' };
}
