import { actionWords, deleteReason, figuresOf, reportedText, verdict } from '../../../media/review/texts';
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

/** What can be pressed: controls of the toolbar by their ids, buttons of the result by their texts. */
export function buttonsOf(state: StateMessage): readonly string[] {
  const isFinished = state.phase === 'finished';
  return [
    ...(state.leftToCheck === null ? [] : ['continueDryRun']),
    ...(state.canDelete && !isFinished ? ['delete'] : []),
    ...(state.canRepeatDryRun && !isFinished ? ['repeatDryRun'] : []),
    ...(state.blockedCount > 0 && !isFinished ? ['removeBlocked'] : []),
    ...(state.canCancel ? ['cancel'] : []),
    'close',
    ...(state.result?.actions ?? []).map((action) => actionWords[action]),
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

/** A row of the review, a line for each text. */
export function rowLines(row: ReviewRow): readonly string[] {
  return [
    `Row ${row.label}: ${verdict(row)}`,
    ...(row.outcome === null ? [] : [`  ${row.outcome.text}`]),
    ...(row.attempt === null ? [] : [`  ${row.attempt.text}`]),
    ...row.blockers.map(({ text }) => `  Error: ${text}`),
    ...row.warnings.map(
      ({ text, tags, isAccepted, isNew }) =>
        `  Warning${isNew ? ', new' : ''}${isAccepted ? ', accepted' : ''}: ${[text, tags.join(', ')].join(' ').trim()}`,
    ),
  ];
}
