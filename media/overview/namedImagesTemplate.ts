import { html, nothing, type TemplateResult } from 'lit';
import type { ImageRow } from '../../src/overview/protocol';
import { sanitizeLines, sanitizeText } from '../../src/util/sanitizeText';
import type { Figures } from './figures';
import type { Handlers } from './handlers';

/** The images that take the most room, and those that nobody has touched for the longest time. */
export function namedImagesTemplate({ biggest, oldest }: Figures, handlers: Handlers): TemplateResult {
  return html`<div class="named">
    ${
      biggest === null
        ? html`<section>
            <h2>Biggest</h2>
            <p class="absent">This server does not tell the sizes of images.</p>
          </section>`
        : list('Biggest', 'biggest', biggest, handlers)
    }
    ${oldest.length === 0 ? nothing : list('Oldest', 'oldest', oldest, handlers)}
  </div>`;
}

function list(title: string, id: string, rows: readonly ImageRow[], handlers: Handlers): TemplateResult {
  const hasSizes = rows.some(({ size }) => size !== null);
  return html`<section>
    <h2 id=${id}>${title}</h2>
    <table aria-labelledby=${id}>
      <thead>
        <tr>
          <th scope="col">Image</th>
          ${hasSizes ? html`<th scope="col" class="numeric">Size</th>` : nothing}
          <th scope="col" class="activity">Last activity</th>
          <th scope="col" class="copy"><span class="hidden">Copy</span></th>
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
        aria-label="Copy digest of ${label}"
        title="Copy digest"
        @click=${() => {
          handlers.copyDigest(row);
        }}
      ></button>
    </td>
  </tr>`;
}
