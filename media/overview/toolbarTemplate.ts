import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { StateMessage } from '../../src/overview/protocol';
import { sanitizeLines } from '../../src/util/sanitizeText';
import { button } from '../webview/controls';
import { cancelText, progressLabel, progressText } from '../webview/texts';
import { totalOf, type Figures } from './figures';
import type { Handlers } from './handlers';
import { dateOfLine, type LineBounds } from './line';
import {
  deleteReason,
  deleteText,
  lineDateLabel,
  readAgainText,
  resetText,
  toolbarLabel,
  wrongDateText,
} from './texts';

const reasonId = 'delete-reason';
const dateErrorId = 'date-error';

/** Where the line stands, and what the person made of its date field. */
export interface LineState {
  readonly line: number | undefined;
  /** In the field, though no line can be drawn there. */
  readonly wrongDate: string | undefined;
}

/**
 * What can be done with the repository and the line.
 *
 * @param status Sentence of the live region.
 */
export function toolbarTemplate(
  state: StateMessage,
  status: string,
  figures: Figures | undefined,
  lineState: LineState,
  handlers: Handlers,
): TemplateResult {
  const reason = deleteReason(state, figures, lineState.line);
  return html`<section class="toolbar" aria-label=${toolbarLabel()}>
    <div class="actions">
      ${deleteButton(reason, figures, lineState, handlers)} ${lineControls(figures, lineState, handlers)}
      ${
        state.progress !== null || state.phase === 'reading' || state.phase === 'planning'
          ? button({ text: cancelText(), control: 'cancel', onPress: () => handlers.act('cancel') })
          : nothing
      }
      ${button({
        text: readAgainText(),
        control: 'readAgain',
        isDisabled: state.phase === 'reading' || state.phase === 'planning' || state.phase === 'left',
        onPress: () => handlers.act('readAgain'),
      })}
    </div>
    ${dateError(figures?.bounds, lineState)}
    ${reason === undefined ? nothing : html`<p class="reason" id=${reasonId}>${reason}</p>`}
    <div class="status-line">
      <span role="status" class="status-text">${sanitizeLines(status)}</span>
      ${state.progress === null ? nothing : progress(state.progress)}
    </div>
  </section>`;
}

function deleteButton(
  reason: string | undefined,
  figures: Figures | undefined,
  { line }: LineState,
  handlers: Handlers,
): TemplateResult {
  const count = figures === undefined || line === undefined ? undefined : totalOf(figures.sidesOf(line).left);
  return button({
    text: deleteText(count),
    control: 'delete',
    isPrimary: true,
    isDisabled: reason !== undefined,
    describedBy: reason === undefined ? undefined : reasonId,
    onPress: handlers.delete,
  });
}

function lineControls(
  figures: Figures | undefined,
  { line, wrongDate }: LineState,
  handlers: Handlers,
): TemplateResult | typeof nothing {
  if (figures?.bounds === undefined || line === undefined) {
    return nothing;
  }
  const { first, last } = figures.bounds;
  return html`<label class="date"
      ><span>${lineDateLabel()}</span
      ><input
        type="date"
        data-control="date"
        min=${dateOfLine(first)}
        max=${dateOfLine(last)}
        aria-invalid=${wrongDate === undefined ? nothing : 'true'}
        aria-describedby=${wrongDate === undefined ? nothing : dateErrorId}
        .value=${live(wrongDate ?? dateOfLine(line))}
        @change=${(event: Event) => {
          handlers.chooseDate((event.currentTarget as HTMLInputElement).value); // the listener is on the input itself
        }}
    /></label>
    ${button({
      text: resetText(),
      control: 'reset',
      isDisabled: line === figures.activeFrom && wrongDate === undefined,
      onPress: handlers.reset,
    })}`;
}

function dateError(
  bounds: LineBounds | undefined,
  { wrongDate }: LineState,
): TemplateResult | typeof nothing {
  return wrongDate === undefined || bounds === undefined
    ? nothing
    : html`<p class="reason" id=${dateErrorId}>${wrongDateText(bounds.first, bounds.last)}</p>`;
}

function progress(reading: NonNullable<StateMessage['progress']>): TemplateResult {
  const { done, total } = reading;
  return html`<span class="count">${progressText(reading)}</span>
    <vscode-progress-bar
      .ariaLabel=${progressLabel()}
      .indeterminate=${total === null}
      .value=${done}
      .max=${Math.max(1, total ?? done)}
    ></vscode-progress-bar>`;
}
