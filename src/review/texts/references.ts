import * as l10n from '@vscode/l10n';
import {
  type CodeReference,
  referenceText,
  type SearchReport,
  type SkipReason,
  skipReasons,
} from '../../hub/codeReferences';
import type { ImageReference } from '../../hub/deletion/imageReferences';
import type { ReferenceState } from '../../hub/deletion/referenceCheck';
import { shortDigest } from '../../hub/digest';
import { describeError } from '../../texts/errors';
import { numberText } from '../../texts/formats';
import { partText } from '../../texts/parts';
import { sanitizeLabel } from '../../util/sanitizeText';
import type { ReferenceGroup } from '../protocol';

/** Before the places of a finding. */
export function usedText(): string {
  return l10n.t('Files in the workspace use it:');
}

/** What a line uses: `acme/web:1.2`, and which of the images it is if not the planned one. */
export function useText({ reference, deletedAlong }: ImageReference): string {
  const text = shortReferenceText(reference);
  const written = reference.isDefault === true ? l10n.t('{0}, by default', text) : text;
  return deletedAlong === undefined
    ? written
    : l10n.t('{0}, which will also be deleted ({1})', written, partText(deletedAlong) ?? l10n.t('untagged'));
}

/** `acme/web:1.2@sha256:0f3a…`, as far as the line names them. */
export function shortReferenceText({ repository, tag, digest }: CodeReference): string {
  return sanitizeLabel(referenceText({ repository, tag, digest: digest && shortDigest(digest) }));
}

/** How far the search has come, in a sentence. */
export function searchText(state: ReferenceState, uses: number): string {
  switch (state.kind) {
    case 'off':
      return '';
    case 'searching':
      return l10n.t('Searching the workspace for lines that use these images.');
    case 'skipped':
      return l10n.t('The workspace was not searched, so it is not known whether it uses these images.');
    case 'failed':
      return l10n.t('The workspace could not be searched. {0}', describeError(state.error));
    case 'searched':
      return foundText(state.found.report, uses);
  }
}

function foundText({ folders, files }: SearchReport, uses: number): string {
  if (folders.length === 0 && files === 0) {
    return l10n.t('No folder and no file is open, so no code was searched for these images.');
  }
  switch (uses) {
    case 0:
      return l10n.t('No line in the workspace was found that uses these images.');
    case 1:
      return l10n.t('The workspace uses 1 of these images.');
    default:
      return l10n.t('The workspace uses {0} of these images.', numberText(uses));
  }
}

/** What was searched, what was not, and what that means. */
export function extentText({ folders, files, skipped }: SearchReport): string {
  const filesText = files === 1 ? l10n.t('1 file') : l10n.t('{0} files', numberText(files));
  const searched =
    folders.length === 0
      ? l10n.t('Searched {0} in open editors.', filesText)
      : l10n.t('Searched {0} in {1} and in open editors.', filesText, folders.map(sanitizeLabel).join(', '));
  const left = skipReasons
    .filter((reason) => skipped[reason] > 0)
    .map((reason) => skipText(reason, skipped[reason]));
  return [
    searched,
    ...(left.length === 0 ? [] : [l10n.t('Not searched: {0}.', left.join(', '))]),
    l10n.t('Files that settings or ignore files exclude are searched only if they are open.'),
    l10n.t('Code that is not open here may use the images, too.'),
  ].join(' ');
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

/** What the lines of a group are, and how many. */
export function groupText(kind: ReferenceGroup['kind'], count: number): string {
  const number = numberText(count);
  switch (kind) {
    case 'nameOnly':
      return count === 1
        ? l10n.t('1 line names a repository of the plan, but its tag cannot be resolved')
        : l10n.t('{0} lines name a repository of the plan, but their tags cannot be resolved', number);
    case 'produced':
      return count === 1
        ? l10n.t('1 line builds or pushes one of these images')
        : l10n.t('{0} lines build or push these images', number);
    case 'documentation':
      return count === 1
        ? l10n.t('1 line of documentation or comments names one of these images')
        : l10n.t('{0} lines of documentation or comments name these images', number);
    case 'tooling':
      return count === 1
        ? l10n.t('1 setting of a tool names one of these images')
        : l10n.t('{0} settings of tools name these images', number);
  }
}
