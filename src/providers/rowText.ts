import { defaultImagesView, type ImagesView } from '../catalog/viewOptions';
import { lastActivity } from '../hub/activity';
import { shortDigest } from '../hub/digest';
import { currentTags, type Image, type ImagesSummary } from '../hub/model';
import { activityPhrase, statusWord } from '../util/activityText';
import { doubtWords } from '../util/doubtText';
import { inertLabel } from '../util/inertText';
import { partWord } from '../util/partWord';
import type { Translate } from '../util/translate';
import type { LoadMoreNode } from './nodes';
import { orderingWords, statusFilterWords, windowWords } from './viewWords';

/** Characters of tag names in a row; the tags after them are only counted. */
const labelLimit = 60;

const separator = ' · ';
const numberFormat = new Intl.NumberFormat('en-US');

export function countText(count: number): string {
  return numberFormat.format(count);
}

/** `41 images · 12 inactive · 3 unknown`; begins with `up to` if some of them may be parts of others. */
export function summaryText(
  { total, inactive, unknown = 0, undetermined = 0 }: ImagesSummary,
  t: Translate,
): string {
  if (total === 0) {
    return t('no images');
  }
  const images = total === 1 ? t('1 image') : t('{0} images', countText(total));
  return [
    undetermined > 0 ? t('up to {0}', images) : images,
    t('{0} inactive', countText(inactive)),
    ...(unknown > 0 ? [t('{0} unknown', countText(unknown))] : []),
  ].join(separator);
}

/** How the view of a repository differs from the default: `inactive only, oldest activity first`. */
export function unusualViewText(view: ImagesView, t: Translate): string {
  return [
    ...(view.status === defaultImagesView.status ? [] : [statusFilterWords(view.status, t)]),
    ...(view.ordering === defaultImagesView.ordering ? [] : [orderingWords(view.ordering, t)]),
    ...(view.activityWindowDays === undefined ? [] : [windowWords(view.activityWindowDays, t)]),
  ].join(', ');
}

/** As many current tags as fit into a row (`latest, 1.4.2, +12 more`), or else the short digest. */
export function imageRowLabel(image: Image, t: Translate): string {
  const tags = currentTags(image).map(inertLabel);
  if (tags.length === 0) {
    return shortDigest(image.digest);
  }
  const named = tags.slice(0, Math.max(1, namedTagCount(tags)));
  const more = tags.length - named.length;
  return [...named, ...(more > 0 ? [t('+{0} more', countText(more))] : [])].join(', ');
}

/** How many of the first tags fit into a row. */
function namedTagCount(tags: readonly string[]): number {
  let room = labelLimit;
  const overflowing = tags.findIndex((tag) => (room -= tag.length + 2) < 0);
  return overflowing === -1 ? tags.length : overflowing;
}

/**
 * `inactive · last pulled 94 days ago`; begins with `untagged` for an image without a current tag, and with what is in
 * doubt. Ends with `may have more parts` if not all parts are known.
 */
export function imageRowDescription(image: Image, now: Date, t: Translate): string {
  const untagged = currentTags(image).length === 0 ? [t('untagged')] : [];
  const phrase = activityPhrase(image, now);
  const activity = lastActivity(image) === undefined ? t('last activity {0}', phrase) : phrase;
  return [
    ...untagged,
    ...doubtWords(image, t),
    statusWord(image.status, t),
    activity,
    ...morePartsWords(image, t),
  ].join(separator);
}

/** The role of the part: its platform (`linux/arm64`), `attestation` or `signature`; or else the short digest. */
export function partRowLabel(image: Image, t: Translate): string {
  return partWord(image, t) ?? shortDigest(image.digest);
}

/**
 * `sha256:0f3c… · last pulled 94 days ago`; without the digest if that is the label. That the part may belong to further
 * images is not said, because that it belongs to this one is certain.
 */
export function partRowDescription(image: Image, now: Date, t: Translate): string {
  const short = shortDigest(image.digest);
  const isNamed = partRowLabel(image, t) !== short;
  const activity = lastActivity(image) === undefined ? [] : [activityPhrase(image, now)];
  return [
    ...(isNamed ? [short] : []),
    ...(image.doubt === 'disputed' ? doubtWords(image, t) : []),
    ...activity,
    ...morePartsWords(image, t),
  ].join(separator);
}

function morePartsWords({ arePartsUnknown }: Image, t: Translate): readonly string[] {
  return arePartsUnknown === true ? [t('may have more parts')] : [];
}

/** `Load 100 more (300 of 12,345)` */
export function loadMoreText({ next, loaded, count }: LoadMoreNode, t: Translate): string {
  return t('Load {0} more ({1} of {2})', countText(next), countText(loaded), countText(count));
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
