import * as l10n from '@vscode/l10n';
import type { RepositoryList } from '../catalog/serverContents';
import { isNotOffered } from '../hub/errors';
import type { UnreadPart } from '../hub/readableList';
import { numberText } from '../texts/formats';
import type { NamespaceOverview } from './namespaceOverview';

/** The sentence of the live region. */
export function statusText({
  event,
  list,
  failures,
}: Pick<NamespaceOverview, 'event' | 'list' | 'failures'>): string {
  switch (event) {
    case 'listing':
      return l10n.t('Listing repositories.');
    case 'listed':
      return listedText(list);
    case 'counting':
      return l10n.t('Counting the images of all repositories.');
    case 'counted':
      return countedText(failures);
    case 'countingCancelled':
      return l10n.t('Counting was canceled. To continue, select Count All.');
  }
}

function countedText(failures: number): string {
  switch (failures) {
    case 0:
      return l10n.t('Counted the images of all repositories.');
    case 1:
      return l10n.t('The images of 1 repository could not be counted.');
    default:
      return l10n.t('The images of {0} repositories could not be counted.', numberText(failures));
  }
}

function listedText(list: RepositoryList | undefined): string {
  if (list === undefined || hasFailed(list)) {
    return l10n.t('The repositories could not be listed.');
  }
  const { length } = list.entries;
  return length === 1
    ? l10n.t('1 repository was listed.')
    : l10n.t('{0} repositories were listed.', numberText(length));
}

/** Whether the server has a list of repositories, and it could not be read. */
export function hasFailed({ error }: RepositoryList): boolean {
  return error !== undefined && !isNotOffered(error);
}

export function notOfferedText(): string {
  return l10n.t(
    'This server does not list repositories. Only those that you added to the Hub Images view are shown.',
  );
}

/** Of a namespace that is in the view only because repositories of it were added. */
export function addedOnlyText(): string {
  return l10n.t('Only the repositories that you added to the Hub Images view are shown.');
}

export function privateMayMissText(): string {
  return l10n.t(
    'Private repositories may be missing. An organization access token sees them only if it has permission to list repositories.',
  );
}

/** Of entries of the list; `undefined` if all could be read. */
export function unreadText(unread: readonly UnreadPart[]): string | undefined {
  if (unread.length === 0) {
    return undefined;
  }
  if (unread.some(({ count }) => count === undefined)) {
    return l10n.t('Some repositories could not be read and are missing here. The log lists each of them.');
  }
  const count = unread.reduce((sum, part) => sum + (part.count ?? 0), 0);
  return count === 1
    ? l10n.t('1 repository could not be read and is missing here. The log has the reason.')
    : l10n.t(
        '{0} repositories could not be read and are missing here. The log lists each of them.',
        numberText(count),
      );
}

export function leftText(): string {
  return l10n.t(
    'You have signed out or switched to another account or server. Open the overview of the namespace again from the Hub Images view.',
  );
}
