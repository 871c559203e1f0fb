import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { StateMessage } from '../../src/namespaceOverview/protocol';
import { sanitizeLines } from '../../src/util/sanitizeText';
import { button, checkbox } from '../webview/controls';
import { cancelText, progressLabel } from '../webview/texts';
import type { Handlers } from './handlers';
import type { Totals } from './repositories';
import {
  countAllText,
  countingText,
  deleteReason,
  deleteText,
  refreshText,
  searchHint,
  searchLabel,
  selectedHiddenText,
  selectShownText,
  shownText,
  toolbarLabel,
} from './texts';

const reasonId = 'delete-reason';

/** What the person looks for and has selected. */
export interface Selection {
  readonly search: string;
  /** Repositories that the search finds. */
  readonly shown: number;
  readonly selected: number;
  /** Of the selected ones, those that the search finds. */
  readonly selectedShown: number;
}

/**
 * What can be done with the namespace and what is selected in it.
 *
 * @param status Sentence of the live region.
 */
export function toolbarTemplate(
  state: StateMessage,
  status: string,
  totals: Totals,
  selection: Selection,
  handlers: Handlers,
): TemplateResult {
  const reason = deleteReason(state.phase, selection.selected);
  const { progress } = state;
  return html`<section class="toolbar" aria-label=${toolbarLabel()}>
    <div class="actions">
      ${button({
        text: deleteText(selection.selected),
        control: 'delete',
        isPrimary: true,
        isDisabled: reason !== undefined,
        describedBy: reason === undefined ? undefined : reasonId,
        onPress: handlers.delete,
      })}
      ${
        progress === null
          ? button({
              text: countAllText(),
              control: 'countAll',
              isDisabled: state.phase === 'left' || state.uncounted === 0,
              onPress: () => handlers.act('countAll'),
            })
          : button({ text: cancelText(), control: 'cancel', onPress: () => handlers.act('cancel') })
      }
      ${button({
        text: refreshText(state.phase),
        control: 'refresh',
        isDisabled: state.phase === 'left' || state.phase === 'listing',
        onPress: () => handlers.act('refresh'),
      })}
    </div>
    ${reason === undefined ? nothing : html`<p class="reason" id=${reasonId}>${reason}</p>`}
    ${totals.repositories === 0 ? nothing : find(totals, selection, handlers)}
    <div class="status-line">
      <span role="status" class="status-text">${sanitizeLines(status)}</span>
      ${progress === null ? nothing : counting(progress)}
    </div>
  </section>`;
}

function find(totals: Totals, selection: Selection, handlers: Handlers): TemplateResult {
  const { search, shown, selected, selectedShown } = selection;
  const hidden = selectedHiddenText(selected - selectedShown);
  return html`<div class="find">
    <input
      type="search"
      class="search"
      data-control="search"
      aria-label=${searchLabel()}
      placeholder=${searchHint()}
      .value=${live(search)}
      @input=${(event: Event) => {
        handlers.search((event.currentTarget as HTMLInputElement).value); // the listener is on the input itself
      }}
    /><span class="count">${shownText(shown, totals.repositories)}</span>
    <label class="check"
      >${checkbox({
        name: selectShownText(),
        control: 'selectShown',
        isChecked: shown > 0 && selectedShown === shown,
        isPartial: selectedShown > 0 && selectedShown < shown,
        isDisabled: shown === 0,
        onChange: handlers.selectShown,
      })}<span aria-hidden="true">${selectShownText()}</span></label
    >${hidden === undefined ? nothing : html`<span class="count">${hidden}</span>`}
  </div>`;
}

function counting(progress: NonNullable<StateMessage['progress']>): TemplateResult {
  return html`<span class="count">${countingText(progress)}</span>
    <vscode-progress-bar
      .ariaLabel=${progressLabel()}
      .value=${progress.done}
      .max=${Math.max(1, progress.total)}
    ></vscode-progress-bar>`;
}
