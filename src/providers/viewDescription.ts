import type { ImagesView } from '../catalog/viewOptions';
import type { ImageApiKind } from '../hub/autoImageApi';
import { formatRepository, type RepositoryRef } from '../hub/names';
import type { Translate } from '../util/translate';
import { unusualViewText } from './rowText';
import { orderingWords, statusFilterWords, windowWords } from './viewWords';

/** The repository looked at last. */
export interface ShownRepository {
  readonly repository: RepositoryRef;
  readonly view: ImagesView;
  /** In force: the repository's own, else that of the setting, else the Hub's. */
  readonly activityWindowDays: number | undefined;
}

export interface ShownView {
  readonly isSandbox: boolean;
  readonly shown: ShownRepository | undefined;
  /** How images are seen and deleted; `undefined` before the server was asked for any. */
  readonly imageApi: ImageApiKind | undefined;
}

const separator = ' · ';

/** What stands beside the view's title. That it is the sandbox comes first and is never left out. */
export function viewDescription({ isSandbox, shown, imageApi }: ShownView, t: Translate): string {
  return joined(isSandbox ? t('sandbox') : '', shownText(shown, t), imageApiWords(imageApi, t));
}

/**
 * The view's title. The editor leaves the description out while the view is the only one in its place, so what is
 * unusual stands here too.
 */
export function viewTitle({ shown, imageApi }: ShownView, t: Translate): string {
  const unusual = shown === undefined ? '' : unusualViewText(shown.view, t);
  return joined(
    t('Images'),
    imageApi === 'registry' ? imageApiWords(imageApi, t) : '',
    shown === undefined || unusual === '' ? '' : `${formatRepository(shown.repository)}: ${unusual}`,
  );
}

/** A line above the rows that is there at every width and wherever the view was moved; empty for a real Hub. */
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
    orderingWords(view.ordering, t),
    windowWords(activityWindowDays, t),
  );
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
