import * as l10n from '@vscode/l10n';
import { runFileName } from '../../journal/runFileName';
import type { UnreadableRun } from '../../journal/runHistory';
import type { UnreadableCause } from '../../journal/unreadableCause';
import { listText, numberText } from '../../texts/formats';

/** Files named one by one; the rest are counted. */
const namedLimit = 3;

/** Why a file of the history cannot be read, as a part of a sentence. */
export function unreadableCauseText(cause: UnreadableCause): string {
  switch (cause) {
    case 'notAFile':
      return l10n.t('it is not a file');
    case 'brokenLink':
      return l10n.t('it is a link that leads nowhere');
    case 'noPermission':
      return l10n.t('you do not have permission to read it');
    case 'inUse':
      return l10n.t('another program is using it');
    case 'diskError':
      return l10n.t('the disk reported an error');
    case 'tooLarge':
      return l10n.t('it is too large');
    case 'empty':
      return l10n.t('it is empty');
    case 'damaged':
      return l10n.t('it is damaged');
    case 'laterFormat':
      return l10n.t('a later version of Hub Images wrote it');
    case 'unknown':
      return l10n.t('the reason is not known');
  }
}

/** Says which deletions could not be checked because their files cannot be read. */
export function unreadableFilesText(runs: readonly UnreadableRun[]): string {
  const named = runs
    .slice(0, namedLimit)
    .map(({ id, unreadable }) => l10n.t('{0} ({1})', runFileName(id), unreadableCauseText(unreadable)));
  const more = runs.length - named.length;
  const files = listText([...named, ...(more > 0 ? [l10n.t('{0} more', numberText(more))] : [])]);
  return runs.length === 1
    ? l10n.t('1 file of the deletion history cannot be read, so its deletion was not checked: {0}.', files)
    : l10n.t(
        '{0} files of the deletion history cannot be read, so their deletions were not checked: {1}.',
        numberText(runs.length),
        files,
      );
}
