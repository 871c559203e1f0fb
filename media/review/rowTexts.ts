import * as l10n from '@vscode/l10n';
import type { PartOutcome, ReviewRow, WarningKind } from '../../src/review/protocol';
import { numberText } from '../../src/texts/formats';
import { outcomeText } from '../../src/texts/outcomes';
import { warningsText } from './texts';

type Column =
  'image' | 'digest' | 'repository' | 'activity' | 'status' | 'dryRun' | 'result' | 'remove' | 'findings';

/** The head of a column. */
export function columnLabel(column: Column): string {
  switch (column) {
    case 'image':
      return l10n.t('Image');
    case 'digest':
      return l10n.t('Digest');
    case 'repository':
      return l10n.t('Repository');
    case 'activity':
      return l10n.t('Last activity');
    case 'status':
      return l10n.t('Status');
    case 'dryRun':
      return l10n.t('Dry run');
    case 'result':
      return l10n.t('Result');
    case 'remove':
      return l10n.t('Remove');
    case 'findings':
      return l10n.t('Errors and warnings');
  }
}

/** In the place of tags. */
export function untaggedText(): string {
  return l10n.t('untagged');
}

/** @param tags Those that the image no longer has. */
export function formerTagsText(tags: string): string {
  return l10n.t('formerly {0}', tags);
}

export function statusText(status: ReviewRow['status']): string {
  switch (status) {
    case 'active':
      return l10n.t('active');
    case 'inactive':
      return l10n.t('inactive');
    case 'unknown':
      return l10n.t('unknown');
  }
}

/** What the dry run or the deletion came to for one image, in a word or two. */
export function verdict(row: ReviewRow): string {
  if (row.outcome !== null) {
    return outcomeText(row.outcome.kind);
  }
  if (!row.isChecked) {
    return row.attempt === null ? l10n.t('not checked') : outcomeText(row.attempt.kind);
  }
  if (row.blockers.length > 0) {
    return errorsText(row.blockers.length);
  }
  if (row.warnings.length === 0) {
    return l10n.t('no warnings');
  }
  return row.warnings.every(({ isAccepted }) => isAccepted)
    ? l10n.t('accepted')
    : warningsText(row.warnings.length);
}

function errorsText(count: number): string {
  return count === 1 ? l10n.t('1 error') : l10n.t('{0} errors', numberText(count));
}

/** The tooltip of a button without words. */
export function removeText(): string {
  return l10n.t('Remove from Plan');
}

/** The name of the same button. */
export function removeOfText(label: string): string {
  return l10n.t('Remove {0} from the plan', label);
}

/** The name of the list of platforms, attestations and signatures. */
export function partsLabel(label: string): string {
  return l10n.t('Images that belong to {0}', label);
}

/** What becomes of a part, beside its name. */
export function partOutcomeText(outcome: PartOutcome): string {
  switch (outcome) {
    case 'deletedAlong':
      return l10n.t('will also be deleted');
    case 'stays':
      return l10n.t('kept: used by another image');
    case 'planned':
      return l10n.t('also in the plan');
    case 'unknown':
      return l10n.t('not checked');
  }
}

/** @param kind The name that Docker Hub has for the warning. */
export function acceptText(kind: WarningKind): string {
  return l10n.t('Accept {0}', kind);
}

/** The same of one image, for those who do not see the row. */
export function acceptOfText(kind: WarningKind, label: string): string {
  return l10n.t('Accept {0} for {1}', kind, label);
}

/** Of a warning that the person has not seen before. */
export function newText(): string {
  return l10n.t('New');
}

/** The name of a long list of tags. */
export function deletedTagsLabel(label: string): string {
  return l10n.t('Tags deleted with {0}', label);
}
