import * as l10n from '@vscode/l10n';
import type { ImagesView } from '../../catalog/viewOptions';
import type { ImageApiKind } from '../../hub/autoImageApi';
import { formatRepository, type RepositoryRef } from '../../hub/names';
import { numberText } from '../../texts/formats';
import { sandboxServerText } from '../../texts/sandbox';
import { orderingText, statusFilterText, windowText } from './viewOptions';

/** The repository that was selected or opened last. */
export interface ShownRepository {
  readonly repository: RepositoryRef;
  readonly view: ImagesView;
  /** Days: the repository's own, or else those of the setting; `undefined` uses the server's own window. */
  readonly activityWindowDays: number | undefined;
  /** Images of unknown activity, which no filter by status shows; 0 if the server counts them as inactive. */
  readonly unknown: number;
}

export interface ShownView {
  readonly isSandbox: boolean;
  readonly shown: ShownRepository | undefined;
  /** Which API images are read and deleted with; `undefined` before the first request for images. */
  readonly imageApi: ImageApiKind | undefined;
}

const separator = ' · ';

/** The text beside the view's title. In the sandbox it always begins with that word. */
export function viewDescription({ isSandbox, shown, imageApi }: ShownView): string {
  return joined(isSandbox ? l10n.t('sandbox') : '', shownText(shown), imageApiText(imageApi));
}

/**
 * The view's title. The editor hides the description while the view is the only one in its container, and cuts off a long
 * title in a narrow side bar, so the title has only what applies to every repository. Rows show the rest.
 */
export function viewTitle({ imageApi }: Pick<ShownView, 'imageApi'>): string {
  return joined(l10n.t('Images'), imageApi === 'registry' ? imageApiText(imageApi) : '');
}

/** The line above the rows, which is visible at every width and in every place; empty except in the sandbox. */
export function viewMessage({ isSandbox, imageApi }: ShownView): string {
  return isSandbox ? l10n.t('Sandbox: {0}, simulated on this machine', sandboxServerText(imageApi)) : '';
}

/** The tooltip of the view's badge. */
export function unfinishedText(count: number): string {
  return count === 1
    ? l10n.t('1 unconfirmed deletion. To check what happened, run Check Unconfirmed Deletions.')
    : l10n.t(
        '{0} unconfirmed deletions. To check what happened, run Check Unconfirmed Deletions.',
        numberText(count),
      );
}

function shownText(shown: ShownRepository | undefined): string {
  if (shown === undefined) {
    return '';
  }
  const { repository, view, activityWindowDays } = shown;
  return joined(
    `${formatRepository(repository)}: ${statusFilterText(view.status)}`,
    hiddenText(shown),
    orderingText(view.ordering),
    windowText(activityWindowDays),
  );
}

function hiddenText({ view, unknown }: ShownRepository): string {
  return view.status === undefined || unknown === 0
    ? ''
    : l10n.t('{0} unknown not shown', numberText(unknown));
}

function imageApiText(kind: ImageApiKind | undefined): string {
  switch (kind) {
    case undefined:
      return '';
    case 'management':
      return l10n.t('image-management API');
    case 'registry':
      return l10n.t('registry API');
  }
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(separator);
}
