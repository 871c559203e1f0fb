import { html, type TemplateResult } from 'lit';
import { totalOf, type Bin, type Figures } from './figures';
import type { Handlers } from './handlers';
import { numberText } from '../../src/texts/formats';
import { chartText, dayText, lastDayText } from './texts';

/** The figures of the chart, for whoever would rather read them. */
export function tableTemplate(figures: Figures, isOpen: boolean, handlers: Handlers): TemplateResult {
  return html`<details
    class="figures"
    ?open=${isOpen}
    @toggle=${(event: Event) => {
      handlers.toggleTable((event.currentTarget as HTMLDetailsElement).open); // the listener is on it
    }}
  >
    <summary data-control="table">Figures as a table</summary>
    <table>
      <caption>
        ${chartText(figures)}
      </caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col" class="numeric">Images</th>
          <th scope="col" class="numeric">Tagged</th>
          <th scope="col" class="numeric">Untagged</th>
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
