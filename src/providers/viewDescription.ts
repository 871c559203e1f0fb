import { formatRepository, type RepositoryRef } from '../hub/names';
import type { Translate } from '../util/translate';
import type { ImagesView } from './viewOptions';
import { orderingWords, statusFilterWords, windowWords } from './viewWords';

export interface ShownView {
  readonly isSandbox: boolean;
  /** The repository looked at last, if any. */
  readonly shown:
    | {
        readonly repository: RepositoryRef;
        readonly view: ImagesView;
        /** In force: the repository's own, else that of the setting, else the Hub's. */
        readonly activityWindowDays: number | undefined;
      }
    | undefined;
}

const separator = ' · ';

/** What stands beside the view's title. That it is the sandbox comes first and is never left out. */
export function viewDescription({ isSandbox, shown }: ShownView, t: Translate): string {
  const sandbox = isSandbox ? [t('sandbox')] : [];
  if (shown === undefined) {
    return sandbox.join(separator);
  }
  const { repository, view, activityWindowDays } = shown;
  const words = [
    statusFilterWords(view.status, t),
    orderingWords(view.ordering, t),
    windowWords(activityWindowDays, t),
  ];
  const [first = '', ...others] = words;
  return [...sandbox, `${formatRepository(repository)}: ${first}`, ...others].join(separator);
}
