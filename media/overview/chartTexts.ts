import * as l10n from '@vscode/l10n';
import type { FiguresMessage } from '../../src/overview/protocol';
import { numberText } from '../../src/texts/formats';
import { imagesText } from '../../src/texts/summary';
import { totalOf, type Bin, type Figures } from './figures';
import { dayText, unknownActivityText } from './texts';

type Unit = FiguresMessage['unit'];

export function chartHeading(unit: Unit): string {
  switch (unit) {
    case 'day':
      return l10n.t('Images by last activity, one bar per day');
    case 'week':
      return l10n.t('Images by last activity, one bar per week');
    case 'month':
      return l10n.t('Images by last activity, one bar per month');
    case 'year':
      return l10n.t('Images by last activity, one bar per year');
  }
}

/** The name of the handle. */
export function lineLabel(): string {
  return l10n.t('Line that divides the images by last activity');
}

/** How the line is moved. */
export function lineHelp(unit: Unit): string {
  switch (unit) {
    case 'day':
      return l10n.t('Drag the line, or move it by one day with the arrow keys. Days begin at midnight UTC.');
    case 'week':
      return l10n.t(
        'Drag the line, or move it by one day with the arrow keys and by one week with Page Up and Page Down. Days begin at midnight UTC.',
      );
    case 'month':
      return l10n.t(
        'Drag the line, or move it by one day with the arrow keys and by one month with Page Up and Page Down. Days begin at midnight UTC.',
      );
    case 'year':
      return l10n.t(
        'Drag the line, or move it by one day with the arrow keys and by one year with Page Up and Page Down. Days begin at midnight UTC.',
      );
  }
}

/** What the histogram shows, in a sentence or two. */
export function chartText({ bins, unit }: Figures): string {
  const [first] = bins;
  const last = bins.at(-1);
  if (first === undefined || last === undefined) {
    return unknownActivityText();
  }
  const counted = bins.reduce((sum, bin) => sum + totalOf(bin), 0);
  const peak = bins.reduce((most, bin) => (totalOf(bin) > totalOf(most) ? bin : most), first);
  return [rangeText(unit, imagesText(counted), dayText(first.from), lastDayText(last)), peakText(peak)].join(
    ' ',
  );
}

function rangeText(unit: Unit, images: string, from: string, to: string): string {
  switch (unit) {
    case 'day':
      return l10n.t('Histogram of {0} by last activity from {1} to {2}, one bar per day.', images, from, to);
    case 'week':
      return l10n.t('Histogram of {0} by last activity from {1} to {2}, one bar per week.', images, from, to);
    case 'month':
      return l10n.t(
        'Histogram of {0} by last activity from {1} to {2}, one bar per month.',
        images,
        from,
        to,
      );
    case 'year':
      return l10n.t('Histogram of {0} by last activity from {1} to {2}, one bar per year.', images, from, to);
  }
}

function peakText(bin: Bin): string {
  const count = numberText(totalOf(bin));
  const [from, to] = [dayText(bin.from), lastDayText(bin)];
  return from === to
    ? l10n.t('Most images in one bar: {0}, on {1}.', count, from)
    : l10n.t('Most images in one bar: {0}, from {1} to {2}.', count, from, to);
}

/** The last day of a bin, which ends where the next begins. */
export function lastDayText({ to }: Bin): string {
  return dayText(to - 1);
}

/** The summary that opens the table below the chart. */
export function tableTitle(): string {
  return l10n.t('Show data as a table');
}

/** The head of a column of this table. */
export function tableColumnLabel(column: 'from' | 'to' | 'images' | 'tagged' | 'untagged'): string {
  switch (column) {
    case 'from':
      return l10n.t('From');
    case 'to':
      return l10n.t('To');
    case 'images':
      return l10n.t('Images');
    case 'tagged':
      return l10n.t('Tagged');
    case 'untagged':
      return l10n.t('Untagged');
  }
}
