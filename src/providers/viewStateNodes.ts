import * as l10n from '@vscode/l10n';
import { defaultImagesView, type ImagesView } from '../catalog/viewOptions';
import type { ImagesOrdering } from '../hub/imageApi';
import type { ActivityStatus } from '../hub/model';
import { numberText } from '../texts/formats';
import { messageNode, type MessageNode, type RepositoryNode } from './nodes';

/**
 * How the images of a repository are filtered, sorted and judged, in a row for each difference from the default. Opening a
 * row changes it. They stand above the images and arrive with them, so that no row moves later.
 *
 * @param unknown Number of images of unknown activity, which no filter by status shows.
 */
export function viewStateNodes(
  parent: RepositoryNode,
  { status, ordering, activityWindowDays }: ImagesView,
  unknown: number,
): readonly MessageNode[] {
  return [
    ...(status === undefined ? [] : [statusNode(parent, status, unknown)]),
    ...(ordering === defaultImagesView.ordering ? [] : [orderingNode(parent, ordering)]),
    ...(activityWindowDays === undefined ? [] : [windowNode(parent, activityWindowDays)]),
  ];
}

function statusNode(parent: RepositoryNode, status: ActivityStatus, unknown: number): MessageNode {
  return messageNode(parent, 'view:status', {
    severity: 'info',
    text: status === 'active' ? l10n.t('Active images only') : l10n.t('Inactive images only'),
    reason: unknown === 0 ? '' : l10n.t('{0} unknown not shown', numberText(unknown)),
    hint: l10n.t('Select to change the filter.'),
    action: { kind: 'command', command: 'hubImages.images.filterByStatus' },
  });
}

function orderingNode(parent: RepositoryNode, ordering: ImagesOrdering): MessageNode {
  return messageNode(parent, 'view:ordering', {
    severity: 'info',
    text: orderingLabel(ordering),
    hint: l10n.t('Select to change the order.'),
    action: { kind: 'command', command: 'hubImages.images.sort' },
  });
}

function windowNode(parent: RepositoryNode, days: number): MessageNode {
  return messageNode(parent, 'view:window', {
    severity: 'info',
    text: days === 1 ? l10n.t('Active: last day') : l10n.t('Active: last {0} days', numberText(days)),
    hint: l10n.t('Select to change the activity window.'),
    action: { kind: 'command', command: 'hubImages.images.setActivityWindow' },
  });
}

function orderingLabel(ordering: ImagesOrdering): string {
  switch (ordering) {
    case '-last_activity':
      return l10n.t('Newest activity first');
    case 'last_activity':
      return l10n.t('Oldest activity first');
    case 'digest':
      return l10n.t('By digest, ascending');
    case '-digest':
      return l10n.t('By digest, descending');
  }
}
