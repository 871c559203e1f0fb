import * as l10n from '@vscode/l10n';
import { type CodeReference, referenceText, type SearchReport } from '../../hub/codeReferences';
import type { ImageUse } from '../../hub/deletion/imageUses';
import type { ReferenceState } from '../../hub/deletion/referenceCheck';
import { shortDigest } from '../../hub/digest';
import { absenceText, searchReportText } from '../../texts/codeReferences';
import { numberText } from '../../texts/formats';
import { imageLabel } from '../../texts/imageLabel';
import { partText } from '../../texts/parts';
import { sanitizeLabel } from '../../util/sanitizeText';
import type { ReferenceGroup } from '../protocol';

/** Before the places of a finding. */
export function usedText(): string {
  return l10n.t('Files in the workspace use it:');
}

/** What a line uses: `acme/web:1.2`, and which of the images it is if not the planned one. */
export function useText({ reference, deletedAlong }: ImageUse): string {
  const text = shortReferenceText(reference);
  const written = reference.isDefault === true ? l10n.t('{0}, by default', text) : text;
  return deletedAlong === undefined
    ? written
    : l10n.t(
        '{0}, which will also be deleted ({1})',
        written,
        partText(deletedAlong) ?? sanitizeLabel(imageLabel(deletedAlong)),
      );
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
      return l10n.t(
        'The workspace could not be searched. Search again, or continue without searching. The log has the reason.',
      );
    case 'searched':
      return foundText(state.found.report, uses);
  }
}

function foundText({ folders, files }: SearchReport, uses: number): string {
  if (folders.length === 0 && files === 0) {
    return l10n.t('No folder or editor is open, so nothing was searched.');
  }
  switch (uses) {
    case 0:
      return l10n.t('No lines that use these images were found in the workspace.');
    case 1:
      return l10n.t('The workspace uses 1 of these images.');
    default:
      return l10n.t('The workspace uses {0} of these images.', numberText(uses));
  }
}

/** What was searched, what was not, and what that means. */
export function extentText(report: SearchReport): string {
  return `${searchReportText(report)} ${absenceText()}`;
}

/** What the lines of a group are, and how many. */
export function groupText(kind: ReferenceGroup['kind'], count: number): string {
  const number = numberText(count);
  switch (kind) {
    case 'possible':
      return count === 1
        ? l10n.t('1 line may use one of these images; which one cannot be determined')
        : l10n.t('{0} lines may use these images; which ones cannot be determined', number);
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
