import * as l10n from '@vscode/l10n';
import type { CollateralOutcome, ImageOutcome } from '../hub/deletion/outcome';
import type { Hold } from '../hub/deletionAnswer';

/**
 * What became of an image, in a few words.
 *
 * @param outcome `open`: no record says it yet. A {@link Hold} instead of `refused`: the server was not asked to delete it.
 */
export function outcomeText(outcome: ImageOutcome | Hold | 'open'): string {
  switch (outcome) {
    case 'changed':
      return l10n.t('not deleted: changed');
    case 'stopped':
      return l10n.t('not deleted: stopped');
    case 'deleted':
      return l10n.t('deleted');
    case 'alreadyGone':
      return l10n.t('already gone');
    case 'refused':
      return l10n.t('not deleted: refused');
    case 'failed':
      return l10n.t('not deleted: still listed');
    case 'notSent':
      return l10n.t('not deleted: not sent');
    case 'unconfirmed':
    case 'open':
      return l10n.t('unknown');
  }
}

/** What became of an image that was accepted to be deleted along, in a few words. */
export function collateralOutcomeText(outcome: CollateralOutcome | 'open'): string {
  switch (outcome) {
    case 'gone':
      return l10n.t('deleted');
    case 'stayed':
      return l10n.t('not deleted');
    case 'unconfirmed':
    case 'open':
      return l10n.t('unknown');
  }
}
