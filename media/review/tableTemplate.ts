import { html as plainHtml, nothing, type TemplateResult } from 'lit';
import type { StateMessage } from '../../src/review/protocol';
import { button } from '../webview/controls';
import { html } from '../webview/compactHtml';
import { noMatchText, showAllText } from './findTexts';
import type { RowStore } from './rowStore';
import { columnLabel } from './rowTexts';
import { emptyPlanText, loadingText, regionLabel } from './texts';

/**
 * The table without its rows, which go between the spacers.
 *
 * @param showAll Gives up the search and the filter.
 */
export function tableTemplate(state: StateMessage, store: RowStore, showAll: () => void): TemplateResult {
  if (store.rowCount === 0) {
    return store.isFilled && state.rowCount > 0
      ? plainHtml`<p class="empty">
          ${noMatchText()} ${button({ text: showAllText('table'), control: 'showAllImages', onPress: showAll })}
        </p>`
      : html`<p class="empty">${store.isFilled ? emptyPlanText() : loadingText()}</p>`;
  }
  return html`<div
    role="table"
    class="table ${state.hasManyRepositories ? 'many' : ''}"
    aria-label=${regionLabel('table')}
    aria-rowcount=${store.rowCount + 1}
  >
    <div role="rowgroup" class="head">
      <div role="row" class="row" aria-rowindex="1">
        <div role="columnheader" class="image">${columnLabel('image')}</div>
        <div role="columnheader" class="digest">${columnLabel('digest')}</div>
        ${
          state.hasManyRepositories
            ? html`<div role="columnheader" class="repository">${columnLabel('repository')}</div>`
            : nothing
        }
        <div role="columnheader" class="activity">${columnLabel('activity')}</div>
        <div role="columnheader" class="status">${columnLabel('status')}</div>
        <div role="columnheader" class="verdict">
          ${columnLabel(state.result === null ? 'dryRun' : 'result')}
        </div>
        <div role="columnheader" class="remove"><span class="hidden">${columnLabel('remove')}</span></div>
        <div role="columnheader" class="findings"><span class="hidden">${columnLabel('findings')}</span></div>
      </div>
    </div>
    <div role="rowgroup" class="body">
      <div role="presentation" class="spacer"></div>
      <div role="presentation" class="spacer"></div>
    </div>
  </div>`;
}
