import * as l10n from '@vscode/l10n';
import { type CodeReference, type SearchReport, type SkipReason, skipReasons } from '../hub/codeReferences';
import { type ImageReferences, placesOf } from '../hub/imageReferences';
import { sanitizeText } from '../util/sanitizeText';
import { listText, numberText } from './formats';

/** What a line does other than use the image for certain; empty if it uses it. */
export function referenceKindText({ kind, isDefault }: Pick<CodeReference, 'kind' | 'isDefault'>): string {
  switch (kind) {
    case 'exact':
      return isDefault === true ? l10n.t('default of a variable') : '';
    case 'nameOnly':
      return l10n.t('the tag cannot be resolved');
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
  const mentionsText =
    mentions === 1 ? l10n.t('1 other mention') : l10n.t('{0} other mentions', numberText(mentions));
  if (uses.length === 0) {
    return mentions === 0 ? undefined : l10n.t('not used for certain; {0}', mentionsText);
  }
  return mentions === 0 ? placesText(uses) : l10n.t('{0}, and {1}', placesText(uses), mentionsText);
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
    : l10n.t('none found in the open folders');
}

/** What was searched and what was not, in sentences: `Searched: 1,204 files in app and infra. Skipped: 2 too large.` */
export function searchReportText({ folders, files, skipped }: SearchReport): string {
  const names = listText(folders.map(sanitizeText));
  const counted = files === 1 ? l10n.t('1 file') : l10n.t('{0} files', numberText(files));
  const searched =
    folders.length === 0
      ? l10n.t('Searched: {0} in open editors.', counted)
      : l10n.t('Searched: {0} in {1}.', counted, names);
  const left = skipReasons
    .filter((reason) => skipped[reason] > 0)
    .map((reason) => skipText(reason, numberText(skipped[reason])));
  return left.length === 0 ? searched : `${searched} ${l10n.t('Skipped: {0}.', left.join(', '))}`;
}

/** What a search can never show, in sentences. */
export function absenceText(): string {
  return l10n.t(
    'Only open folders and editors were searched, without excluded and ignored files. The image may be used elsewhere.',
  );
}

function skipText(reason: SkipReason, count: string): string {
  switch (reason) {
    case 'tooLarge':
      return l10n.t('{0} too large', count);
    case 'binary':
      return l10n.t('{0} binary', count);
    case 'unreadable':
      return l10n.t('{0} unreadable', count);
    case 'linked':
      return l10n.t('{0} links to folders', count);
  }
}
