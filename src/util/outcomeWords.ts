import type { CollateralOutcome, ImageOutcome } from '../hub/deletion/outcome';
import type { Translate } from './translate';

/** What became of an image, in a few words. `open`: no record says it yet. */
export function outcomeWords(outcome: ImageOutcome | 'open', t: Translate): string {
  switch (outcome) {
    case 'deleted':
      return t('deleted');
    case 'alreadyGone':
      return t('already gone');
    case 'refused':
      return t('not deleted: refused');
    case 'failed':
      return t('not deleted: still listed');
    case 'notSent':
      return t('not deleted: not sent');
    case 'unconfirmed':
    case 'open':
      return t('unknown');
  }
}

/** What became of an image that was accepted to be deleted along, in a few words. */
export function collateralWords(outcome: CollateralOutcome | 'open', t: Translate): string {
  switch (outcome) {
    case 'gone':
      return t('deleted');
    case 'stayed':
      return t('not deleted');
    case 'unconfirmed':
    case 'open':
      return t('unknown');
  }
}
