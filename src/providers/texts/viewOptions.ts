import * as l10n from '@vscode/l10n';
import type { ImagesOrdering } from '../../hub/imageApi';
import type { ActivityStatus } from '../../hub/model';
import { numberText } from '../../texts/formats';

export function statusFilterText(status: ActivityStatus | undefined): string {
  switch (status) {
    case undefined:
      return l10n.t('all images');
    case 'active':
      return l10n.t('active only');
    case 'inactive':
      return l10n.t('inactive only');
  }
}

export function orderingText(ordering: ImagesOrdering): string {
  switch (ordering) {
    case '-last_activity':
      return l10n.t('newest activity first');
    case 'last_activity':
      return l10n.t('oldest activity first');
    case 'digest':
      return l10n.t('by digest, ascending');
    case '-digest':
      return l10n.t('by digest, descending');
  }
}

/** @param days `undefined`: the server's own window, which is one calendar month. */
export function windowText(days: number | undefined): string {
  switch (days) {
    case undefined:
      return l10n.t('active = last month');
    case 1:
      return l10n.t('active = last day');
    default:
      return l10n.t('active = last {0} days', numberText(days));
  }
}
