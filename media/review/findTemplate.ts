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
import { numberText } from '../../src/texts/formats';
import { counted, filterWords, orderWords } from './texts';

/** What to see of the plan, and what can be decided about all that is seen. */
export function findTemplate(state: StateMessage, view: ReviewView, handlers: Handlers): TemplateResult {
  const { shown, rowCount } = state;
  return html`<div class="find" role="search" aria-label="Find images in the plan">
      <input
        type="search"
        class="search"
        data-control="search"
        placeholder="Tag, digest or repository"
        aria-label="Search tags, digests and repositories"
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
      ${choice('filter', 'Show', filtersFor(state, view), filterWords, view.filter, (filter) => {
        handlers.show({ ...view, filter }, false);
      })}
      ${choice('order', 'Order', rowOrders, orderWords, view.order, (order) => {
        handlers.show({ ...view, order }, false);
      })}
      <span class="count">${numberText(shown.count)} of ${numberText(rowCount)} shown</span>
      ${
        isNarrowed(view)
          ? button({ text: 'Show all', control: 'showAll', onPress: handlers.showAll })
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
  return html`<div class="shown-acts" role="group" aria-label="Decisions about the images shown">
    ${warningKinds
      .filter((kind) => warnings[kind].total > 0)
      .map((kind) => {
        const { total, accepted } = warnings[kind];
        const name = `Accept shown ${kind} warnings (${numberText(total)})`;
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
            text: `Remove the ${counted(imageCount, 'image')} shown from the plan`,
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
  control: string,
  name: string,
  values: readonly Value[],
  words: Readonly<Record<Value, string>>,
  chosen: Value,
  onChange: (value: Value) => void,
): TemplateResult {
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
            .textContent=${words[value]}
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
