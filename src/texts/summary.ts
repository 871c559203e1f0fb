import * as l10n from '@vscode/l10n';
import { type DeletionSummary, imageCount } from '../hub/deletion/summary';
import { dateText, numberText } from './formats';

/** `1 image`, `2,000 images` */
export function imagesText(count: number): string {
  return count === 1 ? l10n.t('1 image') : l10n.t('{0} images', numberText(count));
}

/**
 * What became of the images of a deletion: what is deleted, what is not, and what is not known. The only place that puts it
 * into words.
 *
 * `3 of 5 images were deleted. 1 image was not deleted: the server refused. It is not known whether 1 image was deleted. Hub
 * Images keeps checking until 3:03 PM.`
 */
export function summaryText(summary: DeletionSummary): string {
  return [...deletedSentences(summary), ...notDeletedSentences(summary), ...unknownSentences(summary)].join(
    ' ',
  );
}

function deletedSentences(summary: DeletionSummary): readonly string[] {
  const { images, collateral, unexpected } = summary;
  return [
    ...totalSentence(summary),
    ...sentence(
      images.alreadyGone,
      l10n.t('1 image was already gone.'),
      l10n.t('{0} images were already gone.', numberText(images.alreadyGone)),
    ),
    ...sentence(
      collateral.gone,
      l10n.t('1 other image was also deleted.'),
      l10n.t('{0} other images were also deleted.', numberText(collateral.gone)),
    ),
    ...sentence(
      unexpected,
      l10n.t('1 more image is no longer listed: a part of a deleted image, or deleted by somebody else.'),
      l10n.t(
        '{0} more images are no longer listed: parts of deleted images, or deleted by somebody else.',
        numberText(unexpected),
      ),
    ),
  ];
}

/** Says nothing of deletion where that is not known of any image, because none may be what happened or not. */
function totalSentence(summary: DeletionSummary): readonly string[] {
  const { deleted, alreadyGone, unconfirmed } = summary.images;
  const total = imageCount(summary);
  if (deleted === 0) {
    return unconfirmed > 0 || alreadyGone === total ? [] : [l10n.t('No image was deleted.')];
  }
  if (deleted < total) {
    return [
      deleted === 1
        ? l10n.t('1 of {0} was deleted.', imagesText(total))
        : l10n.t('{0} of {1} were deleted.', numberText(deleted), imagesText(total)),
    ];
  }
  return [
    total === 1 ? l10n.t('1 image was deleted.') : l10n.t('All {0} images were deleted.', numberText(total)),
  ];
}

function notDeletedSentences({ images, heldBack }: DeletionSummary): readonly string[] {
  const { failed, notSent } = images;
  const refused = images.refused - heldBack.changed - heldBack.stopped;
  return [
    ...sentence(
      heldBack.changed,
      l10n.t('1 image was not deleted: it had changed.'),
      l10n.t('{0} images were not deleted: they had changed.', numberText(heldBack.changed)),
    ),
    ...sentence(
      heldBack.stopped,
      l10n.t('1 image was not deleted: the deletion was stopped.'),
      l10n.t('{0} images were not deleted: the deletion was stopped.', numberText(heldBack.stopped)),
    ),
    ...sentence(
      refused,
      l10n.t('1 image was not deleted: the server refused.'),
      l10n.t('{0} images were not deleted: the server refused.', numberText(refused)),
    ),
    ...sentence(
      failed,
      l10n.t('1 image was not deleted: the server still lists it.'),
      l10n.t('{0} images were not deleted: the server still lists them.', numberText(failed)),
    ),
    ...sentence(
      notSent,
      l10n.t('1 image was not deleted: no request was sent for it.'),
      l10n.t('{0} images were not deleted: no request was sent for them.', numberText(notSent)),
    ),
  ];
}

function unknownSentences({ images, collateral, checkedUntil }: DeletionSummary): readonly string[] {
  const known = [
    ...sentence(
      images.unconfirmed,
      l10n.t('It is not known whether 1 image was deleted.'),
      l10n.t('It is not known whether {0} images were deleted.', numberText(images.unconfirmed)),
    ),
    ...sentence(
      collateral.unconfirmed,
      l10n.t('It is not known whether 1 other image was also deleted.'),
      l10n.t(
        'It is not known whether {0} other images were also deleted.',
        numberText(collateral.unconfirmed),
      ),
    ),
  ];
  return checkedUntil === undefined || known.length === 0
    ? known
    : [
        ...known,
        l10n.t('Hub Images keeps checking until {0}.', dateText(checkedUntil, { timeStyle: 'short' })),
      ];
}

function sentence(count: number, one: string, many: string): readonly string[] {
  if (count === 0) {
    return [];
  }
  return [count === 1 ? one : many];
}
