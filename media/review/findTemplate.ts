import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import {
  canAccept,
  isNarrowed,
  isSettledKind,
  rowFilters,
  rowOrders,
  searchLengthLimit,
  warningKinds,
  wholePlan,
  type ReviewView,
  type RowFilter,
  type RowOrder,
  type ShownDecisions,
  type StateMessage,
} from '../../src/review/protocol';
import { button, checkbox } from '../webview/controls';
import type { Handlers } from './handlers';
import {
  acceptShownText,
  choiceLabel,
  filterLabel,
  orderLabel,
  removeShownText,
  searchLabel,
  searchPlaceholder,
  showAllText,
  shownCountText,
} from './findTexts';
import { regionLabel } from './texts';

/** What to see of the plan, and what can be decided about all that is seen. */
export function findTemplate(state: StateMessage, view: ReviewView, handlers: Handlers): TemplateResult {
  const { shown } = state;
  return html`<div class="find" role="search" aria-label=${regionLabel('find')}>
      <input
        type="search"
        class="search"
        data-control="search"
        placeholder=${searchPlaceholder()}
        aria-label=${searchLabel()}
        maxlength=${searchLengthLimit}
        spellcheck="false"
        .value=${live(view.search)}
        @input=${(event: Event) => {
          handlers.show({ ...view, search: valueOf(event) }, true);
        }}
        @keydown=${(event: KeyboardEvent) => {
          leaveSearch(event, view, handlers);
        }}
      />
      ${choice('filter', filtersFor(state, view), filterLabel, view.filter, (filter) => {
        handlers.show({ ...view, filter }, false);
      })}
      ${choice('order', rowOrders, orderLabel, view.order, (order) => {
        handlers.show({ ...view, order }, false);
      })}
      <span class="count">${shownCountText(state)}</span>
      ${
        isNarrowed(view)
          ? button({ text: showAllText('find'), control: 'showAll', onPress: handlers.showAll })
          : nothing
      }
    </div>
    ${shown.decidable === null || shown.count === 0 ? nothing : decisions(state, shown.decidable, handlers)}`;
}

/** Without the search and the filter; the order stays. */
export function wholeOf({ order }: ReviewView): ReviewView {
  return { ...wholePlan, order };
}

function decisions(
  { phase, shown, findingsRevision }: StateMessage,
  { imageCount, warnings }: ShownDecisions,
  handlers: Handlers,
): TemplateResult {
  const reference = { viewNumber: shown.number, imageCount };
  return html`<div class="shown-acts" role="group" aria-label=${regionLabel('shown')}>
    ${warningKinds
      .filter((kind) => warnings[kind].total > 0)
      .map((kind) => {
        const { total, accepted } = warnings[kind];
        const name = acceptShownText(kind, total);
        return html`<label class="check"
          >${checkbox({
            name,
            control: `accept shown ${kind}`,
            isChecked: accepted === total,
            isPartial: accepted > 0 && accepted < total,
            isDisabled: !canAccept(phase),
            onChange: (isAccepted) => handlers.acceptShown(reference, kind, isAccepted, findingsRevision),
          })}<span>${name}</span></label
        >`;
      })}
    ${
      imageCount === 0
        ? nothing
        : button({
            text: removeShownText(imageCount),
            control: 'removeShown',
            onPress: () => handlers.removeShown(reference),
          })
    }
  </div>`;
}

/** Before a deletion, without those that would then leave out nothing or everything. */
function filtersFor({ result }: StateMessage, { filter }: ReviewView): readonly RowFilter[] {
  return result === null
    ? rowFilters.filter((one) => one === filter || !(one === 'inPlan' || isSettledKind(one)))
    : rowFilters;
}

function choice<Value extends RowFilter | RowOrder>(
  control: 'filter' | 'order',
  values: readonly Value[],
  labelOf: (value: Value) => string,
  chosen: Value,
  onChange: (value: Value) => void,
): TemplateResult {
  const name = choiceLabel(control);
  return html`<label class="choice"
    ><span>${name}</span
    ><select
      aria-label=${name}
      data-control=${control}
      @change=${(event: Event) => {
        const index = (event.currentTarget as HTMLSelectElement).selectedIndex; // the listener is on the select itself
        onChange(values[index] ?? chosen);
      }}
    >
      ${values.map(
        (value) =>
          html`<option
            value=${value}
            .selected=${live(value === chosen)}
            .textContent=${labelOf(value)}
          ></option>`,
      )}
    </select></label
  >`;
}

function leaveSearch(event: KeyboardEvent, view: ReviewView, handlers: Handlers): void {
  if (event.key === 'Enter') {
    handlers.show(view, false);
  } else if (event.key === 'Escape' && view.search !== '') {
    event.preventDefault();
    handlers.show({ ...view, search: '' }, false);
  }
}

function valueOf(event: Event): string {
  return (event.currentTarget as HTMLInputElement).value; // the listener is on the input itself
}
