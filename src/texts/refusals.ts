import * as l10n from '@vscode/l10n';
import { saysTokenIsLacking } from '../hub/deletionRight';
import type { ImageRefusal } from '../hub/deletionAnswer';
import { subjectOfTag } from '../hub/registry/attachmentTag';
import { sanitizeLabel } from '../util/sanitizeText';

/** Why an image was not deleted: the end of a sentence, without a period. */
export function refusalText({ cause, tag = '', reason }: Omit<ImageRefusal, 'removedTags'>): string {
  if (saysTokenIsLacking(reason)) {
    return l10n.t('your access token cannot delete it, which needs Read, Write & Delete permission');
  }
  switch (cause) {
    case 'tagKept':
      return reason === undefined
        ? l10n.t('the server refuses to delete its tag {0}, which may be immutable', sanitizeLabel(tag))
        : l10n.t('the server refuses to delete its tag {0}', sanitizeLabel(tag));
    case 'tagMoved':
      return l10n.t('its tag {0} now points to another image', sanitizeLabel(tag));
    case 'changed':
      return changeText(tag);
    case 'stopped':
      return l10n.t('the deletion was stopped before the image itself was deleted');
    case 'stillReferenced':
    case 'nowReferenced':
      return l10n.t('an image that is not deleted needs it');
    case 'denied':
      return l10n.t(
        'the server did not allow its deletion. Check the permissions of your account and access token',
      );
    case 'notSignedIn':
      return l10n.t('the server did not accept the sign-in. Sign in again, then repeat the dry run');
    case 'rejected':
      return l10n.t('the server refused the request');
    case 'rateLimited':
      return l10n.t('the server is limiting the request rate');
  }
}

function changeText(tag: string): string {
  if (tag === '') {
    return l10n.t('it has changed since you approved its deletion');
  }
  return subjectOfTag(tag) === undefined
    ? l10n.t('its tag {0} was added after you approved its deletion', sanitizeLabel(tag))
    : l10n.t('a signature or attestation was added after you approved its deletion');
}

/** The same for several images that were not deleted for one reason. */
export function refusalsText({ cause, reason }: Pick<ImageRefusal, 'cause' | 'reason'>): string {
  if (saysTokenIsLacking(reason)) {
    return l10n.t('your access token cannot delete them, which needs Read, Write & Delete permission');
  }
  switch (cause) {
    case 'tagKept':
      return reason === undefined
        ? l10n.t('the server refuses to delete one of their tags, which may be immutable')
        : l10n.t('the server refuses to delete one of their tags');
    case 'tagMoved':
      return l10n.t('one of their tags now points to another image');
    case 'changed':
      return l10n.t('they have changed since you approved their deletion');
    case 'stopped':
      return l10n.t('the deletion was stopped before the images themselves were deleted');
    case 'stillReferenced':
    case 'nowReferenced':
      return l10n.t('images that are not deleted need them');
    case 'denied':
      return l10n.t(
        'the server did not allow their deletion. Check the permissions of your account and access token',
      );
    case 'notSignedIn':
    case 'rejected':
    case 'rateLimited':
      return refusalText({ cause });
  }
}
