import type { ImagesView } from '../catalog/viewOptions';
import type { ImageApiKind } from '../hub/autoImageApi';
import { formatRepository, type RepositoryRef } from '../hub/names';
import type { Translate } from '../util/translate';
import { countText, unusualViewText } from './rowText';
import { orderingWords, statusFilterWords, windowWords } from './viewWords';

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
export function viewDescription({ isSandbox, shown, imageApi }: ShownView, t: Translate): string {
  return joined(isSandbox ? t('sandbox') : '', shownText(shown, t), imageApiWords(imageApi, t));
}

/**
 * The view's title. The editor hides the description while the view is the only one in its container, so the title
 * also has what differs from the default.
 */
export function viewTitle({ shown, imageApi }: ShownView, t: Translate): string {
  const unusual = shown === undefined ? '' : unusualViewText(shown.view, t);
  return joined(
    t('Images'),
    imageApi === 'registry' ? imageApiWords(imageApi, t) : '',
    shown === undefined || unusual === '' ? '' : `${formatRepository(shown.repository)}: ${unusual}`,
    shown === undefined ? '' : hiddenText(shown, t),
  );
}

/** The line above the rows, which is visible at every width and in every place; empty except in the sandbox. */
export function viewMessage({ isSandbox }: ShownView, t: Translate): string {
  return isSandbox ? t('sandbox: a Hub on your own machine where nothing is real') : '';
}

function shownText(shown: ShownRepository | undefined, t: Translate): string {
  if (shown === undefined) {
    return '';
  }
  const { repository, view, activityWindowDays } = shown;
  return joined(
    `${formatRepository(repository)}: ${statusFilterWords(view.status, t)}`,
    hiddenText(shown, t),
    orderingWords(view.ordering, t),
    windowWords(activityWindowDays, t),
  );
}

function hiddenText({ view, unknown }: ShownRepository, t: Translate): string {
  return view.status === undefined || unknown === 0 ? '' : t('{0} unknown not shown', countText(unknown));
}

function imageApiWords(kind: ImageApiKind | undefined, t: Translate): string {
  switch (kind) {
    case undefined:
      return '';
    case 'management':
      return t('by image management');
    case 'registry':
      return t('by registry');
  }
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(separator);
}
