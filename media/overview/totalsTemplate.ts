import { html, nothing, type TemplateResult } from 'lit';
import type { TagCounts } from '../../src/overview/protocol';
import { totalOf, type Figures } from './figures';
import { numberText } from '../../src/texts/formats';
import { splitText, totalLabel, totalsLabel } from './texts';

/** How the images are divided by the line. It is the legend of the chart, too. */
export function totalsTemplate(figures: Figures, line: number | undefined): TemplateResult {
  const { activeFrom, future } = figures;
  const { left, right, unknown } = figures.sidesOf(line ?? activeFrom);
  return html`<dl class="totals" aria-label=${totalsLabel()}>
    ${line === undefined ? nothing : html`${total('left', left)} ${total('right', right)}`}
    ${total('unknown', unknown)} ${totalOf(future) === 0 ? nothing : total('future', future)}
  </dl>`;
}

function total(side: Parameters<typeof totalLabel>[0], counts: TagCounts): TemplateResult {
  return html`<div class=${side === 'left' || side === 'right' ? side : 'apart'}>
    <dt>${totalLabel(side)}</dt>
    <dd>
      <span class="number">${numberText(totalOf(counts))}</span
      ><span class="split">${splitText(counts)}</span>
    </dd>
  </div>`;
}
