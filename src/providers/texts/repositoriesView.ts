import * as l10n from '@vscode/l10n';
import {
  defaultRepositoriesView,
  type RepositoriesGrouping,
  type RepositoriesOrdering,
  type RepositoriesView,
} from '../../catalog/repositoriesView';

export function repositoriesOrderingText(ordering: RepositoriesOrdering): string {
  switch (ordering) {
    case 'name':
      return l10n.t('by name');
    case '-last_updated':
      return l10n.t('most recently updated first');
    case '-storage':
      return l10n.t('largest first');
    case '-pulls':
      return l10n.t('most pulls first');
  }
}

export function repositoriesGroupingText(grouping: RepositoriesGrouping): string {
  switch (grouping) {
    case 'none':
      return l10n.t('no groups');
    case 'prefix':
      return l10n.t('grouped by first part of the name');
  }
}

/** How the view of the repositories differs from the default: `largest first, grouped`. */
export function unusualRepositoriesText({ ordering, grouping }: RepositoriesView): string {
  return [
    ...(ordering === defaultRepositoriesView.ordering ? [] : [repositoriesOrderingText(ordering)]),
    ...(grouping === defaultRepositoriesView.grouping ? [] : [l10n.t('grouped')]),
  ].join(', ');
}
