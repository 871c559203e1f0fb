import * as l10n from '@vscode/l10n';
import { type CodeReference, type SearchReport, type SkipReason, skipReasons } from '../hub/codeReferences';
import { type ImageReferences, placesOf } from '../hub/imageReferences';
import { sanitizeLabel } from '../util/sanitizeText';
import { listText, numberText } from './formats';

/** What a line does other than use the image for certain; empty if it uses it. */
export function referenceKindText({ kind, isDefault }: Pick<CodeReference, 'kind' | 'isDefault'>): string {
  switch (kind) {
    case 'exact':
      return isDefault === true ? l10n.t('default of a variable') : '';
    case 'nameOnly':
      return l10n.t('the tag cannot be determined');
    case 'produced':
      return l10n.t('builds or pushes the tag');
    case 'documentation':
      return l10n.t('documentation or comment');
    case 'tooling':
      return l10n.t('settings of a tool');
  }
}

/** `3 lines in 2 files, and 2 other mentions`, such as in documentation; `undefined` if there are none. */
export function referenceCountText({ uses, others }: ImageReferences): string | undefined {
  const mentions = placesOf(others).lines;
  if (uses.length === 0) {
    return mentions === 0 ? undefined : onlyMentionsText(mentions);
  }
  const mentionsText =
    mentions === 1 ? l10n.t('1 other mention') : l10n.t('{0} other mentions', numberText(mentions));
  return mentions === 0 ? placesText(uses) : l10n.t('{0}, and {1}', placesText(uses), mentionsText);
}

function onlyMentionsText(count: number): string {
  return count === 1
    ? l10n.t('1 mention, but no certain use')
    : l10n.t('{0} mentions, but no certain use', numberText(count));
}

function placesText(references: readonly CodeReference[]): string {
  const { lines, files } = placesOf(references);
  if (files > 1) {
    return l10n.t('{0} lines in {1} files', numberText(lines), numberText(files));
  }
  return lines === 1 ? l10n.t('1 line in 1 file') : l10n.t('{0} lines in 1 file', numberText(lines));
}

/** That nothing was found, and where. */
export function nothingFoundText({ folders }: SearchReport): string {
  return folders.length === 0
    ? l10n.t('none found in the open editors')
    : l10n.t('none found in the open folders and editors');
}

/** What was searched and what was not, in sentences, also for a message: `Searched 1,204 files in app and infra and in open editors. Not searched: 1 link to a folder.` */
export function searchReportText({ folders, files, skipped }: SearchReport): string {
  const names = listText(folders.map(sanitizeLabel));
  const counted = files === 1 ? l10n.t('1 file') : l10n.t('{0} files', numberText(files));
  const searched =
    folders.length === 0
      ? l10n.t('Searched {0} in open editors.', counted)
      : l10n.t('Searched {0} in {1} and in open editors.', counted, names);
  const left = skipReasons
    .filter((reason) => skipped[reason] > 0)
    .map((reason) => skipText(reason, skipped[reason]));
  return left.length === 0 ? searched : `${searched} ${l10n.t('Not searched: {0}.', listText(left))}`;
}

/** What a search can never show, in sentences. */
export function absenceText(): string {
  return l10n.t(
    'Files that settings or ignore files exclude are searched only if they are open. Code that is not open here may also refer to the images.',
  );
}

function skipText(reason: SkipReason, count: number): string {
  const number = numberText(count);
  switch (reason) {
    case 'tooLarge':
      return count === 1
        ? l10n.t('1 file that is too large')
        : l10n.t('{0} files that are too large', number);
    case 'binary':
      return count === 1 ? l10n.t('1 file that is not text') : l10n.t('{0} files that are not text', number);
    case 'unreadable':
      return count === 1
        ? l10n.t('1 file that cannot be read')
        : l10n.t('{0} files that cannot be read', number);
    case 'linked':
      return count === 1 ? l10n.t('1 link to a folder') : l10n.t('{0} links to folders', number);
  }
}
