import { html, type TemplateResult } from 'lit';
import { totalOf, type Bin, type Figures } from './figures';
import type { Handlers } from './handlers';
import { numberText } from '../../src/texts/formats';
import { chartText, lastDayText, tableColumnLabel, tableTitle } from './chartTexts';
import { dayText } from './texts';

/** The figures of the chart, for whoever would rather read them. */
export function tableTemplate(figures: Figures, isOpen: boolean, handlers: Handlers): TemplateResult {
  return html`<details
    class="figures"
    ?open=${isOpen}
    @toggle=${(event: Event) => {
      handlers.toggleTable((event.currentTarget as HTMLDetailsElement).open); // the listener is on it
    }}
  >
    <summary data-control="table">${tableTitle()}</summary>
    <table>
      <caption>
        ${chartText(figures)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${tableColumnLabel('from')}</th>
          <th scope="col">${tableColumnLabel('to')}</th>
          <th scope="col" class="numeric">${tableColumnLabel('images')}</th>
          <th scope="col" class="numeric">${tableColumnLabel('tagged')}</th>
          <th scope="col" class="numeric">${tableColumnLabel('untagged')}</th>
        </tr>
      </thead>
      <tbody>
        ${figures.bins.map(row)}
      </tbody>
    </table>
  </details>`;
}

function row(bin: Bin): TemplateResult {
  return html`<tr>
    <th scope="row">${dayText(bin.from)}</th>
    <td>${lastDayText(bin)}</td>
    <td class="numeric">${numberText(totalOf(bin))}</td>
    <td class="numeric">${numberText(bin.tagged)}</td>
    <td class="numeric">${numberText(bin.untagged)}</td>
  </tr>`;
}
