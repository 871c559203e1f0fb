import type { ImagesOrdering } from '../hub/imageApi';
import type { ActivityStatus } from '../hub/model';
import type { Translate } from '../util/translate';

export function statusFilterWords(status: ActivityStatus | undefined, t: Translate): string {
  switch (status) {
    case undefined:
      return t('all images');
    case 'active':
      return t('active only');
    case 'inactive':
      return t('inactive only');
  }
}

export function orderingWords(ordering: ImagesOrdering, t: Translate): string {
  switch (ordering) {
    case '-last_activity':
      return t('newest activity first');
    case 'last_activity':
      return t('oldest activity first');
    case 'digest':
      return t('by digest, ascending');
    case '-digest':
      return t('by digest, descending');
  }
}

/** @param days `undefined`: the server's own window, which is one calendar month. */
export function windowWords(days: number | undefined, t: Translate): string {
  switch (days) {
    case undefined:
      return t('active = last month');
    case 1:
      return t('active = last day');
    default:
      return t('active = last {0} days', days);
  }
}
