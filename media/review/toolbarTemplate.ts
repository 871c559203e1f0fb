import { html, nothing, type TemplateResult } from 'lit';
import {
  canAccept,
  canRemove,
  type Pause,
  type Progress,
  type ReviewView,
  type StateMessage,
  type WarningKind,
  warningKinds,
} from '../../src/review/protocol';
import { sanitizeLines, sanitizeText } from '../../src/util/sanitizeText';
import { button, checkbox } from '../webview/controls';
import { cancelText, progressLabel, progressText } from '../webview/texts';
import { findTemplate } from './findTemplate';
import type { Handlers } from './handlers';
import { isCheckNext } from './nextStep';
import type { RowStore } from './rowStore';
import {
  acceptAllText,
  actionText,
  continueText,
  deleteReason,
  deleteText,
  regionLabel,
  removeBlockedText,
} from './texts';

const reasonId = 'delete-reason';

/**
 * The decisions about the plan as a whole.
 *
 * @param status Sentence of the live region.
 * @param view As the person chose it; `undefined` where there are too few rows to choose from.
 */
export function toolbarTemplate(
  state: StateMessage,
  status: string,
  store: Pick<RowStore, 'decisionOnAll'>,
  view: ReviewView | undefined,
  handlers: Handlers,
): TemplateResult {
  const kinds = warningKinds.filter((kind) => state.warnings[kind].total > 0);
  return html`<section class="toolbar" aria-label=${regionLabel('toolbar')}>
    <div class="status-line">
      <span role="status" class="status-text"
        >${sanitizeLines(status)}${
          state.pause === null
            ? nothing
            : html` <span class="hidden">${sanitizeText(state.pause.reason)}</span>`
        }</span
      >
      ${state.pause === null ? nothing : paused(state.pause)}
      ${state.progress === null ? nothing : progress(state.progress, state.pause !== null)}
    </div>
    ${
      kinds.length === 0
        ? nothing
        : html`<div class="accept-all">
            ${kinds.map((kind) => acceptAll(state, kind, store.decisionOnAll(kind), handlers))}
          </div>`
    }
    ${actions(state, handlers)} ${reason(state)}
    ${view === undefined ? nothing : findTemplate(state, view, handlers)}
  </section>`;
}

function acceptAll(
  { warnings, phase, findingsRevision }: StateMessage,
  kind: WarningKind,
  decided: boolean | undefined,
  handlers: Handlers,
): TemplateResult {
  const { total, accepted } = warnings[kind];
  const name = acceptAllText(kind, total);
  return html`<label class="check"
    >${checkbox({
      name,
      control: `accept all ${kind}`,
      isChecked: decided ?? accepted === total,
      isPartial: decided === undefined && accepted > 0 && accepted < total,
      isDisabled: !canAccept(phase),
      onChange: (isAccepted) => handlers.acceptAll(kind, isAccepted, findingsRevision),
    })}<span>${name}</span></label
  >`;
}

function actions(state: StateMessage, handlers: Handlers): TemplateResult {
  const isFinished = state.phase === 'finished';
  const isCheckFirst = isCheckNext(state);
  return html`<div class="actions">
    ${
      state.leftToCheck === null
        ? nothing
        : button({
            text: continueText(state.leftToCheck),
            control: 'continueDryRun',
            isPrimary: true,
            onPress: () => handlers.act('continueDryRun'),
          })
    }
    ${
      isFinished
        ? nothing
        : button({
            text: deleteText(state.imageCount),
            control: 'delete',
            isPrimary: !isCheckFirst,
            isDisabled: !state.canDelete,
            describedBy: state.canDelete ? undefined : reasonId,
            onPress: () => handlers.act('delete'),
          })
    }
    ${
      isFinished
        ? nothing
        : button({
            text: actionText('repeatDryRun'),
            control: 'repeatDryRun',
            isDisabled: !state.canRepeatDryRun,
            onPress: () => handlers.act('repeatDryRun'),
          })
    }
    ${
      state.blockedCount === 0 || isFinished
        ? nothing
        : button({
            text: removeBlockedText(state.blockedCount),
            control: 'removeBlocked',
            isDisabled: !canRemove(state.phase),
            onPress: handlers.removeBlocked,
          })
    }
    ${
      state.canCancel
        ? button({ text: cancelText(), control: 'cancel', onPress: () => handlers.act('cancel') })
        : nothing
    }
    ${button({
      text: actionText('close'),
      control: 'close',
      isPrimary: isFinished && !isCheckFirst,
      onPress: () => handlers.act('close'),
    })}
  </div>`;
}

function reason(state: StateMessage): TemplateResult | typeof nothing {
  const text = deleteReason(state);
  return text === undefined || state.phase === 'finished'
    ? nothing
    : html`<p class="reason" id=${reasonId}>${text}</p>`;
}

/** The countdown changes every second, so screen readers are only given its reason, once. */
function paused({ done, countdown }: Pause): TemplateResult {
  return html`<span class="count" role="timer" aria-live="off"
    >${done === null ? nothing : html`<span class="done">${sanitizeText(done)}</span> `}<span
      class="countdown"
      >${sanitizeText(countdown)}</span
    ></span
  >`;
}

function progress({ done, total, pace }: Progress, isPaused: boolean): TemplateResult {
  const text = progressText({ done, total, pace: pace === null ? null : sanitizeText(pace) });
  return html`${isPaused ? nothing : html`<span class="count">${text}</span>`}
    <vscode-progress-bar
      .ariaLabel=${progressLabel()}
      .value=${done}
      .max=${Math.max(1, total)}
    ></vscode-progress-bar>`;
}
