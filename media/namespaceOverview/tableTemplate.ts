import { html as plainHtml, nothing, type TemplateResult } from 'lit';
import type { StateMessage } from '../../src/namespaceOverview/protocol';
import { html } from '../webview/compactHtml';
import { button } from '../webview/controls';
import { columns, type Column, type Sorting } from './sorting';
import type { Handlers } from './handlers';
import { absentText, columnLabel, noMatchText, showAllText, tableLabel } from './texts';

/**
 * The table without its rows, which go between the spacers.
 *
 * @param shown Repositories that the search finds.
 */
export function tableTemplate(
  { phase }: Pick<StateMessage, 'phase'>,
  { all, shown }: { readonly all: number; readonly shown: number },
  sorting: Sorting,
  handlers: Handlers,
): TemplateResult {
  if (shown === 0) {
    return all === 0
      ? html`<p class="empty">${absentText(phase)}</p>`
      : plainHtml`<p class="empty">
          ${noMatchText()} ${button({ text: showAllText(), control: 'showAll', onPress: () => handlers.search('') })}
        </p>`;
  }
  return html`<div role="table" class="table" aria-label=${tableLabel()} aria-rowcount=${shown + 1}>
    <div role="rowgroup" class="head">
      <div role="row" class="row" aria-rowindex="1">
        <div role="columnheader" class="selected"><span class="hidden">${columnLabel('selected')}</span></div>
        ${columns.map((column) => columnHead(column, sorting, handlers))}
        <div role="columnheader" class="overview"><span class="hidden">${columnLabel('overview')}</span></div>
      </div>
    </div>
    <div role="rowgroup" class="body">
      <div role="presentation" class="spacer"></div>
      <div role="presentation" class="spacer"></div>
    </div>
  </div>`;
}

function columnHead(column: Column, sorting: Sorting, handlers: Handlers): TemplateResult {
  const isSorted = sorting.column === column;
  const order = sorting.isDescending ? 'descending' : 'ascending';
  return html`<div role="columnheader" class=${column} aria-sort=${isSorted ? order : nothing}>
    <button
      type="button"
      class="sort ${isSorted ? order : ''}"
      data-control="sort ${column}"
      @click=${() => {
        handlers.sort(column);
      }}
      .textContent=${columnLabel(column)}
    ></button>
  </div>`;
}
