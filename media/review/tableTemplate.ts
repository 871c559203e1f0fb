import { html as plainHtml, nothing, type TemplateResult } from 'lit';
import type { StateMessage } from '../../src/review/protocol';
import { button } from '../webview/controls';
import { html } from './compactHtml';
import type { RowStore } from './rowStore';

/**
 * The table without its rows, which go between the spacers.
 *
 * @param showAll Gives up the search and the filter.
 */
export function tableTemplate(state: StateMessage, store: RowStore, showAll: () => void): TemplateResult {
  if (store.rowCount === 0) {
    return store.isFilled && state.rowCount > 0
      ? plainHtml`<p class="empty">
          No image matches. ${button({ text: 'Show all images', control: 'showAllImages', onPress: showAll })}
        </p>`
      : html`<p class="empty">${store.isFilled ? 'No image is left in the plan.' : 'Loading…'}</p>`;
  }
  return html`<div
    role="table"
    class="table ${state.hasManyRepositories ? 'many' : ''}"
    aria-label="Images to delete"
    aria-rowcount=${store.rowCount + 1}
  >
    <div role="rowgroup" class="head">
      <div role="row" class="row" aria-rowindex="1">
        <div role="columnheader" class="image">Image</div>
        <div role="columnheader" class="digest">Digest</div>
        ${
          state.hasManyRepositories
            ? html`<div role="columnheader" class="repository">Repository</div>`
            : nothing
        }
        <div role="columnheader" class="activity">Last activity</div>
        <div role="columnheader" class="status">Status</div>
        <div role="columnheader" class="verdict">${state.result === null ? 'Dry run' : 'Result'}</div>
        <div role="columnheader" class="remove"><span class="hidden">Remove</span></div>
        <div role="columnheader" class="findings"><span class="hidden">Errors and warnings</span></div>
      </div>
    </div>
    <div role="rowgroup" class="body">
      <div role="presentation" class="spacer"></div>
      <div role="presentation" class="spacer"></div>
    </div>
  </div>`;
}
