/** Length of a bin of a histogram, in the UTC calendar. Weeks begin on Monday. */
export type BinUnit = 'day' | 'week' | 'month' | 'year';

/** Maximum number of bins of a histogram. More bins would be too narrow for a finger or a label. */
export const binLimit = 60;

/** Consecutive bins without gaps. */
export interface CalendarBins {
  readonly unit: BinUnit;
  /** The start of each bin, and the end of the last one. */
  readonly edges: readonly Date[];
}

const units: readonly BinUnit[] = ['day', 'week', 'month', 'year'];

const dayMs = 24 * 60 * 60 * 1000;
const longestMs: Readonly<Record<BinUnit, number>> = {
  day: dayMs,
  week: 7 * dayMs,
  month: 31 * dayMs,
  year: 366 * dayMs,
};

/**
 * Finds the shortest bins that cover the time from `first` to `last` with at most {@link binLimit} bins. If there are
 * more years than that, each bin covers several years.
 */
export function fitBins(first: Date, last: Date): CalendarBins {
  for (const unit of units) {
    // Do not create edges if even the longest bins of this unit would be too many.
    if (last.getTime() - first.getTime() <= binLimit * longestMs[unit]) {
      const edges = edgesOf(unit, 1, first, last);
      if (edges.length - 1 <= binLimit) {
        return { unit, edges };
      }
    }
  }
  const years = last.getUTCFullYear() - first.getUTCFullYear() + 1;
  return { unit: 'year', edges: edgesOf('year', Math.ceil(years / binLimit), first, last) };
}

/** The midnight (UTC) at which the day of an instant began. */
export function startOfDay(at: Date): Date {
  return utcDate(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
}

function edgesOf(unit: BinUnit, step: number, first: Date, last: Date): readonly Date[] {
  const edges = [startOf(unit, first)];
  let edge = edges[0] ?? first;
  while (edge <= last) {
    edge = later(unit, step, edge);
    edges.push(edge);
  }
  return edges;
}

function startOf(unit: BinUnit, at: Date): Date {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  switch (unit) {
    case 'day':
      return startOfDay(at);
    case 'week':
      return utcDate(year, month, day - ((at.getUTCDay() + 6) % 7));
    case 'month':
      return utcDate(year, month, 1);
    case 'year':
      return utcDate(year, 0, 1);
  }
}

function later(unit: BinUnit, count: number, at: Date): Date {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  switch (unit) {
    case 'day':
      return utcDate(year, month, day + count);
    case 'week':
      return utcDate(year, month, day + 7 * count);
    case 'month':
      return utcDate(year, month + count, 1);
    case 'year':
      return utcDate(year + count, 0, 1);
  }
}

/** Unlike `Date.UTC`, does not map the years 0 to 99 to the 20th century. */
function utcDate(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date;
}
