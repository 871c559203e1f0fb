import { type DeletionSummary, imageCount } from '../hub/deletion/summary';
import type { Translate } from './translate';

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** `1 image`, `2,000 images` */
export function imagesText(count: number, t: Translate): string {
  return count === 1 ? t('1 image') : t('{0} images', count.toLocaleString('en'));
}

/**
 * What became of the images of a deletion: what is deleted, what is not, and what is not known. The only place that puts it
 * into words.
 *
 * `3 of 5 images were deleted. 1 image was not deleted: the server refused. It is not known yet whether 1 image was deleted;
 * this is checked until 12:34.`
 */
export function summaryText(summary: DeletionSummary, t: Translate): string {
  return [
    ...deletedSentences(summary, t),
    ...notDeletedSentences(summary, t),
    ...unknownSentences(summary, t),
  ].join(' ');
}

function deletedSentences(summary: DeletionSummary, t: Translate): readonly string[] {
  const { images, collateral, unexpected } = summary;
  return [
    ...totalSentence(summary, t),
    ...sentence(
      images.alreadyGone,
      t('1 image was already gone.'),
      t('{0} images were already gone.', number(images.alreadyGone)),
    ),
    ...sentence(
      collateral.gone,
      t('1 other image was also deleted.'),
      t('{0} other images were also deleted.', number(collateral.gone)),
    ),
    ...sentence(
      unexpected,
      t('1 more image is no longer listed: a part of a deleted image, or deleted by somebody else.'),
      t(
        '{0} more images are no longer listed: parts of deleted images, or deleted by somebody else.',
        number(unexpected),
      ),
    ),
  ];
}

/** Says nothing of deletion where that is not known of any image, because none may be what happened or not. */
function totalSentence(summary: DeletionSummary, t: Translate): readonly string[] {
  const { deleted, alreadyGone, unconfirmed } = summary.images;
  const total = imageCount(summary);
  if (deleted === 0) {
    return unconfirmed > 0 || alreadyGone === total ? [] : [t('No image was deleted.')];
  }
  if (deleted < total) {
    return [t('{0} of {1} were deleted.', number(deleted), imagesText(total, t))];
  }
  return [total === 1 ? t('1 image was deleted.') : t('All {0} images were deleted.', number(total))];
}

function notDeletedSentences({ images, heldBack }: DeletionSummary, t: Translate): readonly string[] {
  const { failed, notSent } = images;
  const refused = images.refused - heldBack;
  return [
    ...sentence(
      heldBack,
      t('1 image was not deleted: it had changed, or the deletion was stopped.'),
      t('{0} images were not deleted: they had changed, or the deletion was stopped.', number(heldBack)),
    ),
    ...sentence(
      refused,
      t('1 image was not deleted: the server refused.'),
      t('{0} images were not deleted: the server refused.', number(refused)),
    ),
    ...sentence(
      failed,
      t('1 image was not deleted: the server still lists it.'),
      t('{0} images were not deleted: the server still lists them.', number(failed)),
    ),
    ...sentence(
      notSent,
      t('1 image was not deleted: no request was sent for it.'),
      t('{0} images were not deleted: no request was sent for them.', number(notSent)),
    ),
  ];
}

function unknownSentences(
  { images, collateral, checkedUntil }: DeletionSummary,
  t: Translate,
): readonly string[] {
  const count = images.unconfirmed + collateral.unconfirmed;
  const known = sentence(
    count,
    t('It is not known whether 1 image was deleted.'),
    t('It is not known whether {0} images were deleted.', number(count)),
  );
  return checkedUntil === undefined || known.length === 0
    ? known
    : [...known, t('This is checked until {0}.', clock.format(checkedUntil))];
}

function sentence(count: number, one: string, many: string): readonly string[] {
  if (count === 0) {
    return [];
  }
  return [count === 1 ? one : many];
}

function number(count: number): string {
  return count.toLocaleString('en');
}
