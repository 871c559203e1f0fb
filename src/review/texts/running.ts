import * as l10n from '@vscode/l10n';
import { numberText } from '../../texts/formats';

/** A deletion that has begun and whose outcome is not known yet. */
export interface RunningDeletion {
  /** `verifying`: its requests were sent, and the images that still exist are listed. */
  readonly phase: 'deleting' | 'stopping' | 'verifying';
  /** Images that its requests were answered for. */
  readonly done: number;
  /** Images of the plan. */
  readonly total: number;
  /** `namespace/name`; at least one. */
  readonly repositories: readonly string[];
}

/** The name of the item of the status bar, in the menu that hides it. */
export function runningDeletionsName(): string {
  return l10n.t('Hub Images: running deletions');
}

/** `Deleting 24 of 60`; several are added up: `2 deletions: 30 of 72`. */
export function runningDeletionsText(deletions: readonly RunningDeletion[]): string {
  const [first, ...others] = deletions;
  if (first !== undefined && others.length === 0) {
    return runningText(first);
  }
  return l10n.t(
    '{0} deletions: {1} of {2}',
    numberText(deletions.length),
    numberText(deletions.reduce((sum, { done }) => sum + done, 0)),
    numberText(deletions.reduce((sum, { total }) => sum + total, 0)),
  );
}

/** A line for each deletion, and what selecting the item does: it shows the first. */
export function runningDeletionsTooltip(deletions: readonly RunningDeletion[]): string {
  return [
    ...deletions.map((deletion) => `${subjectText(deletion)}: ${runningText(deletion)}`),
    deletions.length === 1
      ? l10n.t('Select to show the review.')
      : l10n.t('Select to show the first review.'),
  ].join('\n');
}

function runningText({ phase, done, total }: RunningDeletion): string {
  switch (phase) {
    case 'deleting':
      return l10n.t('Deleting {0} of {1}', numberText(done), numberText(total));
    case 'stopping':
      return l10n.t('Stopping the deletion');
    case 'verifying':
      return l10n.t('Checking the deletion');
  }
}

function subjectText({ repositories }: RunningDeletion): string {
  const [first = ''] = repositories;
  return repositories.length === 1 ? first : l10n.t('{0} repositories', numberText(repositories.length));
}
