import { html, nothing, type TemplateResult } from 'lit';
import type { ImageRow } from '../../src/overview/protocol';
import { sanitizeLines, sanitizeText } from '../../src/util/sanitizeText';
import { copyDigestOfText, copyDigestText } from '../webview/texts';
import type { Figures } from './figures';
import type { Handlers } from './handlers';
import { listColumnLabel, listTitle, noSizesText } from './texts';

/** The images that take the most room, and those that nobody has touched for the longest time. */
export function namedImagesTemplate({ biggest, oldest }: Figures, handlers: Handlers): TemplateResult {
  return html`<div class="named">
    ${
      biggest === null
        ? html`<section>
            <h2>${listTitle('biggest')}</h2>
            <p class="absent">${noSizesText()}</p>
          </section>`
        : list('biggest', biggest, handlers)
    }
    ${oldest.length === 0 ? nothing : list('oldest', oldest, handlers)}
  </div>`;
}

function list(id: 'biggest' | 'oldest', rows: readonly ImageRow[], handlers: Handlers): TemplateResult {
  const hasSizes = rows.some(({ size }) => size !== null);
  return html`<section>
    <h2 id=${id}>${listTitle(id)}</h2>
    <table aria-labelledby=${id}>
      <thead>
        <tr>
          <th scope="col">${listColumnLabel('image')}</th>
          ${hasSizes ? html`<th scope="col" class="numeric">${listColumnLabel('size')}</th>` : nothing}
          <th scope="col" class="activity">${listColumnLabel('activity')}</th>
          <th scope="col" class="copy"><span class="hidden">${listColumnLabel('copy')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => imageRow(row, id, hasSizes, handlers))}
      </tbody>
    </table>
  </section>`;
}

function imageRow(row: ImageRow, list: string, hasSizes: boolean, handlers: Handlers): TemplateResult {
  const label = sanitizeText(row.label);
  return html`<tr>
    <th scope="row" title=${row.digest}><span class="label">${label}</span></th>
    ${hasSizes ? html`<td class="numeric">${row.size ?? ''}</td>` : nothing}
    <td title=${sanitizeLines(row.activityDetail)}>${row.activity}</td>
    <td class="copy">
      <button
        type="button"
        class="icon copy"
        data-control="copy ${list} ${row.digest}"
        aria-label=${copyDigestOfText(label)}
        title=${copyDigestText()}
        @click=${() => {
          handlers.copyDigest(row);
        }}
      ></button>
    </td>
  </tr>`;
}
