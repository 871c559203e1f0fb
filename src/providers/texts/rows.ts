import * as l10n from '@vscode/l10n';
import { defaultImagesView, type ImagesView } from '../../catalog/viewOptions';
import { lastActivity } from '../../hub/activity';
import { shortDigest } from '../../hub/digest';
import { currentTags, type Image, type ImagesSummary } from '../../hub/model';
import { activityText, ageText, imageStatusText } from '../../texts/activity';
import { doubtTexts } from '../../texts/doubt';
import { numberText } from '../../texts/formats';
import { sanitizeLabel } from '../../util/sanitizeText';
import { shownCurrentTags } from '../../texts/imageLabel';
import { partText } from '../../texts/parts';
import { sizeText } from '../../texts/sizes';
import type { LoadMoreNode } from '../nodes';
import { orderingText, statusFilterText, windowText } from './viewOptions';

/** Characters of tag names in a row; the tags after them are only counted. */
const labelLimit = 60;

const separator = ' · ';
/**
 * `41 images · 12 inactive · 3 unknown · 1 unreadable`; begins with `up to` if some of them may be parts of others. What is
 * unreadable are entries of lists, not images.
 */
export function summaryText({
  total,
  inactive,
  unknown = 0,
  undetermined = 0,
  unread = 0,
}: ImagesSummary): string {
  return total === 0 && unread === 0
    ? l10n.t('no images')
    : [totalText(total, undetermined), ...inactiveTexts(inactive, unknown), ...unreadText(unread)].join(
        separator,
      );
}

/**
 * The same and the storage, in the order of a row, of which little is seen in a narrow side bar: `3.2 GB · 12 inactive · 3
 * unknown · 41 images`. The storage is first, because the badge has the number of inactive images, and because it is known
 * before the counts. What is not known is left out.
 */
export function repositoryRowText(
  summary: ImagesSummary | undefined,
  storageBytes: number | undefined,
): string {
  const storage = storageBytes === undefined ? [] : [sizeText(storageBytes)];
  if (summary === undefined) {
    return storage.join(separator);
  }
  const { total, inactive, unknown = 0, undetermined = 0, unread = 0 } = summary;
  if (total === 0 && unread === 0) {
    return [l10n.t('no images'), ...(storageBytes === 0 ? [] : storage)].join(separator);
  }
  return [
    ...storage,
    ...inactiveTexts(inactive, unknown),
    totalText(total, undetermined),
    ...unreadText(unread),
  ].join(separator);
}

/**
 * `5 repositories · 3.2 GB`
 *
 * @param storageBytes Of each repository of the group; `undefined` if it is not known.
 */
export function groupRowText(storageBytes: readonly (number | undefined)[]): string {
  const known = storageBytes.filter((bytes) => bytes !== undefined);
  const size = sizeText(known.reduce((sum, bytes) => sum + bytes, 0));
  return [
    l10n.t('{0} repositories', numberText(storageBytes.length)),
    ...(known.length === 0
      ? []
      : [known.length === storageBytes.length ? size : l10n.t('at least {0}', size)]),
  ].join(separator);
}

/** In place of counts that could not be read: older ones may be outdated. */
export function countsFailedText(storageBytes: number | undefined): string {
  return [...(storageBytes === undefined ? [] : [sizeText(storageBytes)]), l10n.t('counts unavailable')].join(
    separator,
  );
}

function totalText(total: number, undetermined: number): string {
  const images = total === 1 ? l10n.t('1 image') : l10n.t('{0} images', numberText(total));
  return undetermined > 0 ? l10n.t('up to {0}', images) : images;
}

function inactiveTexts(inactive: number, unknown: number): readonly string[] {
  return [
    l10n.t('{0} inactive', numberText(inactive)),
    ...(unknown > 0 ? [l10n.t('{0} unknown', numberText(unknown))] : []),
  ];
}

function unreadText(unread: number): readonly string[] {
  return unread > 0 ? [l10n.t('{0} unreadable', numberText(unread))] : [];
}

/** How the view of a repository differs from the default: `inactive only, oldest activity first`. */
export function unusualViewText(view: ImagesView): string {
  return [
    ...(view.status === defaultImagesView.status ? [] : [statusFilterText(view.status)]),
    ...(view.ordering === defaultImagesView.ordering ? [] : [orderingText(view.ordering)]),
    ...(view.activityWindowDays === undefined ? [] : [windowText(view.activityWindowDays)]),
  ].join(', ');
}

/** As many current tags as fit into a row (`1.4.2, latest, +12 more`), or else the short digest. */
export function imageRowLabel(image: Image): string {
  const tags = shownCurrentTags(image).map(sanitizeLabel);
  if (tags.length === 0) {
    return rowDigest(image);
  }
  const named = tags.slice(0, Math.max(1, namedTagCount(tags)));
  const more = tags.length - named.length;
  return [...named, ...(more > 0 ? [l10n.t('+{0} more', numberText(more))] : [])].join(', ');
}

/** How many of the first tags fit into a row. */
function namedTagCount(tags: readonly string[]): number {
  let room = labelLimit;
  const overflowing = tags.findIndex((tag) => (room -= tag.length + 2) < 0);
  return overflowing === -1 ? tags.length : overflowing;
}

/** What decides comes first, because little of a row is seen in a narrow side bar: `94d · inactive · untagged`. */
export function imageRowDescription(image: Image, now: Date): string {
  const age = ageText(image, now);
  const status = imageStatusText(image.status);
  return [
    ...(age === undefined ? [status, wholeActivityText(image, now)] : [age, status]),
    ...doubtTexts(image),
    ...untaggedText(image),
    ...morePartsWords(image),
  ].join(separator);
}

/** The same in full, for screen readers: `untagged · inactive · last pulled 94 days ago`. */
export function imageRowSummary(image: Image, now: Date): string {
  return [
    ...untaggedText(image),
    ...doubtTexts(image),
    imageStatusText(image.status),
    wholeActivityText(image, now),
    ...morePartsWords(image),
  ].join(separator);
}

function wholeActivityText(image: Image, now: Date): string {
  const text = activityText(image, now);
  return lastActivity(image) === undefined ? l10n.t('last activity {0}', text) : text;
}

function untaggedText(image: Image): readonly string[] {
  return currentTags(image).length === 0 ? [l10n.t('untagged')] : [];
}

/** As many digits as tools print, without the algorithm, which takes half of a narrow row. */
function rowDigest({ digest }: Image): string {
  return shortDigest(digest).replace(/^sha256:/, '');
}

/** The role of the part: its platform (`linux/arm64`), `attestation` or `signature`; or else the short digest. */
export function partRowLabel(image: Image): string {
  return partText(image) ?? rowDigest(image);
}

/**
 * `0f3c1a2b4d5e · last pulled 94 days ago`; without the digest if that is the label. That the part may belong to further
 * images is not said, because that it belongs to this one is certain.
 */
export function partRowDescription(image: Image, now: Date): string {
  const short = rowDigest(image);
  const isNamed = partRowLabel(image) !== short;
  const activity = lastActivity(image) === undefined ? [] : [activityText(image, now)];
  return [
    ...(isNamed ? [short] : []),
    ...(image.doubt === 'disputed' ? doubtTexts(image) : []),
    ...activity,
    ...morePartsWords(image),
  ].join(separator);
}

function morePartsWords({ arePartsUnknown }: Image): readonly string[] {
  return arePartsUnknown === true ? [l10n.t('may have more parts')] : [];
}

/** `Load 100 more (300 of 12,345)` */
export function loadMoreText({ next, loaded, count }: LoadMoreNode): string {
  return l10n.t('Load {0} more ({1} of {2})', numberText(next), numberText(loaded), numberText(count));
}

/**
 * The number of inactive images as a badge of at most two characters: `++` for more than 99. For 0 it is `?` if there are
 * images of unknown activity, or else none.
 */
export function inactiveBadge(inactive: number, unknown: number): string | undefined {
  if (inactive <= 0) {
    return unknown > 0 ? '?' : undefined;
  }
  return inactive > 99 ? '++' : String(inactive);
}
