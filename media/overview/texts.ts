import * as l10n from '@vscode/l10n';
import type { StateMessage, TagCounts } from '../../src/overview/protocol';
import { dateText, dateTimeText, numberText } from '../../src/texts/formats';
import { imagesText } from '../../src/texts/summary';
import { totalOf, type Figures } from './figures';
import { startOfDay } from './line';

/** `41 images`, or `up to 41 images` if some may be parts of others. */
export function extentText(total: number, undetermined: number): string {
  return undetermined === 0 ? imagesText(total) : l10n.t('up to {0}', imagesText(total));
}

export function activeText(count: number): string {
  return l10n.t('{0} active', numberText(count));
}

export function inactiveText(count: number): string {
  return l10n.t('{0} inactive', numberText(count));
}

/** Where the server does not count those of unknown activity apart. */
export function inactiveOrUnknownText(count: number): string {
  return l10n.t('{0} inactive or unknown', numberText(count));
}

export function unknownText(count: number): string {
  return l10n.t('{0} unknown', numberText(count));
}

export function taggedText(count: number): string {
  return l10n.t('{0} tagged', numberText(count));
}

export function untaggedText(count: number): string {
  return l10n.t('{0} untagged', numberText(count));
}

/** `5 tagged · 7 untagged` */
export function splitText({ tagged, untagged }: TagCounts): string {
  return l10n.t('{0} · {1}', taggedText(tagged), untaggedText(untagged));
}

export function readAtText(at: number): string {
  return l10n.t('Last read: {0}', instantText(at));
}

export function undeterminedText(count: number): string {
  return count === 1
    ? l10n.t('1 image may belong to a multi-platform image whose contents have not been read.')
    : l10n.t(
        '{0} images may belong to multi-platform images whose contents have not been read.',
        numberText(count),
      );
}

/** `Oct 24, 2026` in English, in UTC. */
export function dayText(at: number): string {
  return dateText(new Date(at), { dateStyle: 'medium', timeZone: 'UTC' });
}

/** `Oct 24, 2026, 10:15 AM UTC` in English. */
function instantText(at: number): string {
  return dateTimeText(new Date(at), 'UTC');
}

/** Where the line stands: a day, unless it is an instant within one. */
export function lineText(line: number): string {
  return line === startOfDay(line) ? dayText(line) : instantText(line);
}

/** The same with what the line divides: `Oct 24, 2026: 3 images to the left of the line` */
export function linePositionText(line: number, leftCount: number): string {
  return leftCount === 1
    ? l10n.t('{0}: 1 image to the left of the line', lineText(line))
    : l10n.t('{0}: {1} images to the left of the line', lineText(line), numberText(leftCount));
}

export function toolbarLabel(): string {
  return l10n.t('Line and actions');
}

/** @param leftCount `undefined` while it is not known. */
export function deleteText(leftCount: number | undefined): string {
  switch (leftCount) {
    case undefined:
      return l10n.t('Delete Images Left of the Line…');
    case 1:
      return l10n.t('Delete 1 Image Left of the Line…');
    default:
      return l10n.t('Delete {0} Images Left of the Line…', numberText(leftCount));
  }
}

/** Of the date field. */
export function lineDateLabel(): string {
  return l10n.t('Date of the line');
}

export function wrongDateText(first: number, last: number): string {
  return l10n.t('The line was not moved. Choose a date from {0} to {1}.', dayText(first), dayText(last));
}

export function resetText(): string {
  return l10n.t('Reset Line');
}

export function readAgainText(): string {
  return l10n.t('Read Again');
}

/** Why nothing can be planned, and what would help; `undefined` when it can. */
export function deleteReason(
  { phase }: Pick<StateMessage, 'phase'>,
  figures: Figures | undefined,
  line: number | undefined,
): string | undefined {
  switch (phase) {
    case 'reading':
      return l10n.t('Delete is available after all images are read.');
    case 'planning':
      return l10n.t('The images to the left of the line are being checked.');
    case 'cancelled':
    case 'failed':
      return l10n.t('To delete, read the repository again.');
    case 'left':
      return l10n.t('You have signed out or switched to another account or server.');
    case 'ready':
      return reasonOfLine(figures, line);
  }
}

function reasonOfLine(figures: Figures | undefined, line: number | undefined): string | undefined {
  if (figures === undefined || line === undefined) {
    return figures !== undefined && totalOf(figures.all) === 0 ? noImagesText() : unknownActivityText();
  }
  if (line > figures.readAt) {
    return l10n.t('The line is in the future. Move it to the left.');
  }
  return totalOf(figures.sidesOf(line).left) === 0
    ? l10n.t('There are no images to the left of the line. Move it to the right.')
    : undefined;
}

export function noImagesText(): string {
  return l10n.t('This repository has no images.');
}

/** In the place of the chart. */
export function unknownActivityText(): string {
  return l10n.t('The last activity of every image is unknown.');
}

/** The name of the four counts below the chart. */
export function totalsLabel(): string {
  return l10n.t('Images on both sides of the line');
}

export function totalLabel(side: 'left' | 'right' | 'unknown' | 'future'): string {
  switch (side) {
    case 'left':
      return l10n.t('Left of the line');
    case 'right':
      return l10n.t('Right of the line');
    case 'unknown':
      return l10n.t('Activity unknown');
    case 'future':
      return l10n.t('Activity in the future');
  }
}

/** The title of a list of images. */
export function listTitle(list: 'biggest' | 'oldest'): string {
  return list === 'biggest' ? l10n.t('Largest images') : l10n.t('Oldest activity');
}

/** The head of a column in such a list. */
export function listColumnLabel(column: 'image' | 'size' | 'activity' | 'copy'): string {
  switch (column) {
    case 'image':
      return l10n.t('Image');
    case 'size':
      return l10n.t('Size');
    case 'activity':
      return l10n.t('Last activity');
    case 'copy':
      return l10n.t('Copy');
  }
}

export function noSizesText(): string {
  return l10n.t('This server does not report image sizes.');
}
