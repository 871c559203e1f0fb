import { html, nothing, type TemplateResult } from 'lit';
import type { TagCounts } from '../../src/overview/protocol';
import { totalOf, type Figures } from './figures';
import { numberText } from '../../src/texts/formats';
import { splitText } from './texts';

/** How the images are divided by the line. It is the legend of the chart, too. */
export function totalsTemplate(figures: Figures, line: number | undefined): TemplateResult {
  const { activeFrom, future } = figures;
  const { left, right, unknown } = figures.sidesOf(line ?? activeFrom);
  return html`<dl class="totals" aria-label="Images on both sides of the line">
    ${
      line === undefined
        ? nothing
        : html`${total('Left of the line', left, 'left')} ${total('Right of the line', right, 'right')}`
    }
    ${total('Activity unknown', unknown, 'apart')}
    ${totalOf(future) === 0 ? nothing : total('Activity in the future', future, 'apart')}
  </dl>`;
}

function total(name: string, counts: TagCounts, side: 'left' | 'right' | 'apart'): TemplateResult {
  return html`<div class=${side}>
    <dt>${name}</dt>
    <dd>
      <span class="number">${numberText(totalOf(counts))}</span
      ><span class="split">${splitText(counts)}</span>
    </dd>
  </div>`;
}
