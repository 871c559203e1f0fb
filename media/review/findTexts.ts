import * as l10n from '@vscode/l10n';
import type { RowFilter, RowOrder, StateMessage, WarningKind } from '../../src/review/protocol';
import { numberText } from '../../src/texts/formats';

/** In the empty search box. */
export function searchPlaceholder(): string {
  return l10n.t('Tag, digest, or repository');
}

export function searchLabel(): string {
  return l10n.t('Search tags, digests, and repositories');
}

/** The names of the two selections. */
export function choiceLabel(choice: 'filter' | 'order'): string {
  return choice === 'filter' ? l10n.t('Show') : l10n.t('Sort by');
}

export function filterLabel(filter: RowFilter): string {
  switch (filter) {
    case 'all':
      return l10n.t('All images');
    case 'open':
      return l10n.t('With warnings to accept');
    case 'blocked':
      return l10n.t('With errors');
    case 'isNew':
      return l10n.t('With new warnings');
    case 'is_active':
    case 'current_tag':
    case 'collateral':
    case 'referenced':
      return l10n.t('With {0} warnings', filter);
    case 'accepted':
      return l10n.t('All warnings accepted');
    case 'clean':
      return l10n.t('No warnings or errors');
    case 'unchecked':
      return l10n.t('Not checked');
    case 'inPlan':
      return l10n.t('Still in the plan');
    case 'deleted':
      return l10n.t('Deleted');
    case 'alreadyGone':
      return l10n.t('Already gone');
    case 'refused':
      return l10n.t('Not deleted: refused');
    case 'failed':
      return l10n.t('Not deleted: still listed');
    case 'notSent':
      return l10n.t('Not deleted: not sent');
    case 'unconfirmed':
      return l10n.t('Unknown');
  }
}

export function orderLabel(order: RowOrder): string {
  switch (order) {
    case 'plan':
      return l10n.t('Plan order');
    case 'oldestActivity':
      return l10n.t('Oldest activity');
    case 'newestActivity':
      return l10n.t('Newest activity');
    case 'name':
      return l10n.t('Tag');
  }
}

/** `312 of 100,000 shown` */
export function shownCountText({ shown, rowCount }: StateMessage): string {
  return l10n.t('{0} of {1} shown', numberText(shown.count), numberText(rowCount));
}

/** The same in a sentence: `312 of 100,000 images shown.` */
export function shownText({ shown, rowCount }: StateMessage): string {
  if (shown.count === 0) {
    return noMatchText();
  }
  return rowCount === 1
    ? l10n.t('1 image shown.')
    : l10n.t('{0} of {1} images shown.', numberText(shown.count), numberText(rowCount));
}

export function noMatchText(): string {
  return l10n.t('No images match.');
}

/** Gives up the search and the filter: beside them, and where nothing matches. */
export function showAllText(place: 'find' | 'table'): string {
  return place === 'find' ? l10n.t('Show All') : l10n.t('Show All Images');
}

/** @param kind The name that Docker Hub has for the warning. */
export function acceptShownText(kind: WarningKind, total: number): string {
  return l10n.t('Accept shown {0} warnings ({1})', kind, numberText(total));
}

export function removeShownText(count: number): string {
  return count === 1
    ? l10n.t('Remove 1 Shown Image from Plan')
    : l10n.t('Remove {0} Shown Images from Plan', numberText(count));
}
