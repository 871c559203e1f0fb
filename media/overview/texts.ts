import type { FiguresMessage, StateMessage, TagCounts } from '../../src/overview/protocol';
import { totalOf, type Bin, type Figures } from './figures';
import { startOfDay } from './line';
import { dateText, dateTimeText, numberText } from '../../src/texts/formats';

type Unit = FiguresMessage['unit'];

export const unitWords: Readonly<Record<Unit, string>> = {
  day: 'day',
  week: 'week',
  month: 'month',
  year: 'year',
};

/** `1 image`, `2 images` */
export function imagesText(count: number): string {
  return `${numberText(count)} ${count === 1 ? 'image' : 'images'}`;
}

/** `5 tagged · 7 untagged` */
export function splitText({ tagged, untagged }: TagCounts): string {
  return `${numberText(tagged)} tagged · ${numberText(untagged)} untagged`;
}

/** `Oct 24, 2026` in English, in UTC. */
export function dayText(at: number): string {
  return dateText(new Date(at), { dateStyle: 'medium', timeZone: 'UTC' });
}

/** `Oct 24, 2026, 10:15 AM UTC` in English. */
export function instantText(at: number): string {
  return dateTimeText(new Date(at), 'UTC');
}

/** Where the line stands: a day, unless it is an instant within one. */
export function lineText(line: number): string {
  return line === startOfDay(line) ? dayText(line) : instantText(line);
}

/** The last day of a bin, which ends where the next begins. */
export function lastDayText({ to }: Bin): string {
  return dayText(to - 1);
}

/** What the histogram shows, in a sentence or two. */
export function chartText(figures: Figures): string {
  const [first] = figures.bins;
  const last = figures.bins.at(-1);
  if (first === undefined || last === undefined) {
    return 'No image has a known last activity.';
  }
  const counted = figures.bins.reduce((sum, bin) => sum + totalOf(bin), 0);
  const peak = figures.bins.reduce((most, bin) => (totalOf(bin) > totalOf(most) ? bin : most), first);
  return [
    `Histogram of ${imagesText(counted)} by last activity, a bar for each ${unitWords[figures.unit]}`,
    `from ${dayText(first.from)} to ${lastDayText(last)}.`,
    `The most, ${numberText(totalOf(peak))}, ${peakText(peak)}.`,
  ].join(' ');
}

function peakText(bin: Bin): string {
  const [from, to] = [dayText(bin.from), lastDayText(bin)];
  return from === to ? `on ${from}` : `from ${from} to ${to}`;
}

/** Why nothing can be planned, and what would help; `undefined` when it can. */
export function deleteReason(
  { phase }: Pick<StateMessage, 'phase'>,
  figures: Figures | undefined,
  line: number | undefined,
): string | undefined {
  switch (phase) {
    case 'reading':
      return 'Delete is available when every image was read.';
    case 'planning':
      return 'The images left of the line are being checked.';
    case 'cancelled':
    case 'failed':
      return 'Delete is available after a complete reading. Read the repository again to go on.';
    case 'left':
      return 'Another account or server is in use now.';
    case 'ready':
      return reasonOfLine(figures, line);
  }
}

function reasonOfLine(figures: Figures | undefined, line: number | undefined): string | undefined {
  if (figures === undefined || line === undefined) {
    return figures !== undefined && totalOf(figures.all) === 0
      ? 'The repository has no images.'
      : 'No image has a known last activity, so none lies left of any line.';
  }
  if (line > figures.readAt) {
    return 'The line lies in the future. Move it to the left.';
  }
  return totalOf(figures.sidesOf(line).left) === 0
    ? 'No image lies left of the line. Move it to the right.'
    : undefined;
}

/** `12,300 of 100,000 images · 410 a second · 3 min left` */
export function progressText({ done, total, pace }: NonNullable<StateMessage['progress']>): string {
  const extent = total === null ? imagesText(done) : `${numberText(done)} of ${imagesText(total)}`;
  return pace === null ? extent : `${extent} · ${pace}`;
}
