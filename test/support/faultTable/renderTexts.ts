import { verdict } from '../../../media/review/rowTexts';
import {
  actionText,
  continueText,
  deleteReason,
  deleteText,
  figuresOf,
  removeBlockedText,
  reportedText,
} from '../../../media/review/texts';
import { cancelText } from '../../../media/webview/texts';
import type { ReviewResult, ReviewRow, StateMessage } from '../../../src/review/protocol';

/** The panel above its rows as a person reads it from top to bottom, a line each. */
export function panelLines(state: StateMessage): readonly string[] {
  const reason = deleteReason(state);
  return [
    `Status: ${state.status}`,
    ...state.notices.map(({ severity, text }) => `Notice (${severity}): ${text}`),
    ...(state.result === null ? [] : resultLines(state.result)),
    `Buttons: ${buttonsOf(state).join(', ')}`,
    ...(reason === undefined || state.phase === 'finished' ? [] : [`Delete is disabled: ${reason}`]),
  ];
}

/** What can be pressed, by the texts of the buttons. */
export function buttonsOf(state: StateMessage): readonly string[] {
  const isFinished = state.phase === 'finished';
  return [
    ...(state.leftToCheck === null ? [] : [continueText(state.leftToCheck)]),
    ...(state.canDelete && !isFinished ? [deleteText(state.imageCount)] : []),
    ...(state.canRepeatDryRun && !isFinished ? [actionText('repeatDryRun')] : []),
    ...(state.blockedCount > 0 && !isFinished ? [removeBlockedText(state.blockedCount)] : []),
    ...(state.canCancel ? [cancelText()] : []),
    actionText('close'),
    ...state.actions.map((action) => actionText(action)),
  ];
}

/** Names and numbers of the figures. */
export function figureLines(result: ReviewResult): readonly string[] {
  return figuresOf(result).map(([words, count]) => `${words} ${String(count)}`);
}

function resultLines(result: ReviewResult): readonly string[] {
  return [
    `Figures: ${figureLines(result).join(' | ')}`,
    `Reported: ${reportedText(result)}`,
    ...(result.size === null ? [] : [`Size: ${result.size}`]),
  ];
}

/** A row of the review with its texts, as the page shows them. */
export function rowTexts(row: ReviewRow): readonly string[] {
  if (row.outcome !== null) {
    return row.outcome.kind === 'deleted' ? [] : [row.outcome.text];
  }
  return [
    ...(row.attempt === null ? [] : [row.attempt.text]),
    ...row.blockers.map(({ text }) => `Error: ${text}`),
    ...row.warnings.map(
      ({ text, tags, isAccepted, isNew }) =>
        `Warning${isNew ? ', new' : ''}${isAccepted ? ', accepted' : ''}: ${[text, tags.join(', ')].join(' ').trim()}`,
    ),
  ];
}

/** A row of the review in one line. */
export function rowLine(row: ReviewRow): string {
  return [`${row.label}: ${verdict(row)}`, ...rowTexts(row)].join(' | ');
}
