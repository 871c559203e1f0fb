import {
  type PartOutcome,
  type ResultAction,
  type ReviewPhase,
  type ReviewResult,
  type ReviewRow,
  type RowFilter,
  type RowOrder,
  type StateMessage,
  warningKinds,
} from '../../src/review/protocol';
import { outcomeText } from '../../src/texts/outcomes';
import { numberText } from '../../src/texts/formats';

/** What becomes of a part, beside its name. */
export const partOutcomeWords: Readonly<Record<PartOutcome, string>> = {
  deletedAlong: 'goes with it',
  stays: 'stays, something else needs it',
  planned: 'in the plan, too',
  unknown: 'not checked',
};

export const filterWords: Readonly<Record<RowFilter, string>> = {
  all: 'All images',
  open: 'With open warnings',
  blocked: 'With errors',
  isNew: 'With new warnings',
  is_active: 'is_active',
  current_tag: 'current_tag',
  collateral: 'collateral',
  accepted: 'All warnings accepted',
  clean: 'No objection',
  unchecked: 'Not checked',
  inPlan: 'Left in the plan',
  deleted: 'Deleted',
  alreadyGone: 'Already gone',
  refused: 'Refused',
  failed: 'Still listed',
  unconfirmed: 'Unknown',
};

export const orderWords: Readonly<Record<RowOrder, string>> = {
  plan: 'As in the plan',
  oldestActivity: 'Oldest activity first',
  newestActivity: 'Newest activity first',
  name: 'By tag',
};

/** `1 image`, `2 images` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`;
}

/** `312 of 100,000 images shown.` */
export function shownText({ shown, rowCount }: StateMessage): string {
  return shown.count === 0
    ? 'No image matches.'
    : `${numberText(shown.count)} of ${counted(rowCount, 'image')} shown.`;
}

/** Why nothing can be deleted yet, and what would help; `undefined` when it can. */
export function deleteReason(state: StateMessage): string | undefined {
  return state.canDelete
    ? undefined
    : (reasonOfPhase(state.phase, state.leftToCheck !== null) ?? openPoints(state));
}

function reasonOfPhase(phase: ReviewPhase, canContinue: boolean): string | undefined {
  switch (phase) {
    case 'checking':
      return 'Delete is available when the dry run has finished.';
    case 'confirming':
      return 'Answer the question in the dialog.';
    case 'rechecking':
    case 'deleting':
    case 'verifying':
      return 'The deletion is under way.';
    case 'failed':
      return `Delete is available after a complete dry run. ${canContinue ? 'Continue' : 'Repeat'} it to go on.`;
    case 'finished':
      return 'Nothing is left to delete.';
    case 'reviewing':
      return undefined;
  }
}

function openPoints({ imageCount, uncheckedCount, blockedCount, warnings }: StateMessage): string {
  if (imageCount === 0) {
    return 'No image is left in the plan.';
  }
  if (uncheckedCount > 0) {
    return `${counted(uncheckedCount, 'image')} still to be checked: repeat the dry run.`;
  }
  const open = warningKinds.reduce((sum, kind) => sum + warnings[kind].total - warnings[kind].accepted, 0);
  const steps = [
    ...(blockedCount > 0 ? [`remove ${counted(blockedCount, 'image')} with errors`] : []),
    ...(open > 0 ? [`accept ${counted(open, 'warning')}`] : []),
  ];
  return steps.length > 0 ? `To delete, ${steps.join(' and ')}.` : 'Repeat the dry run to go on.';
}

/** What the dry run or the deletion came to for one image, in a word or two. */
export function verdict(row: ReviewRow): string {
  if (row.outcome !== null) {
    return outcomeText(row.outcome.kind);
  }
  if (!row.isChecked) {
    return row.attempt === null ? 'not checked' : outcomeText(row.attempt.kind);
  }
  if (row.blockers.length > 0) {
    return counted(row.blockers.length, 'error');
  }
  if (row.warnings.length === 0) {
    return 'no objection';
  }
  return row.warnings.every(({ isAccepted }) => isAccepted)
    ? 'accepted'
    : counted(row.warnings.length, 'warning');
}

/** What became of the images, in plain words and numbers; what did not happen is left out, except for deletion itself. */
export function figuresOf(result: ReviewResult): readonly (readonly [string, number])[] {
  const { deleted, alreadyGone, notDeleted, unknown, deletedAlong } = result;
  const isDeletedKnown = deleted > 0 || unknown === 0;
  return [
    ...(isDeletedKnown ? ([['Deleted', deleted]] as const) : []),
    ...(deletedAlong > 0 ? ([['Also deleted', deletedAlong]] as const) : []),
    ...(alreadyGone > 0 ? ([['Already gone', alreadyGone]] as const) : []),
    ...(notDeleted > 0 ? ([['Not deleted', notDeleted]] as const) : []),
    ...(unknown > 0 ? ([['Unknown', unknown]] as const) : []),
  ];
}

/** What the server itself reported. */
export function reportedText({ reported }: ReviewResult): string {
  if (reported === null) {
    return 'The server did not report what it deleted.';
  }
  const { manifestDeletes, manifestErrors, tagDeletes, tagErrors } = reported;
  const deleted = `The server reported ${counted(manifestDeletes, 'image')} and ${counted(tagDeletes, 'tag')} as deleted`;
  return manifestErrors + tagErrors === 0
    ? `${deleted}.`
    : `${deleted}, and errors for ${counted(manifestErrors, 'image')} and ${counted(tagErrors, 'tag')}.`;
}

export const actionWords: Readonly<Record<ResultAction, string>> = {
  signIn: 'Sign In',
  checkAgain: 'Check Again',
  showHistory: 'Show Deletion History',
  showLog: 'Show Log',
};
