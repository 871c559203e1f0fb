import { html, nothing, type TemplateResult } from 'lit';
import type { StateMessage } from '../../src/namespaceOverview/protocol';
import { numberText } from '../../src/texts/formats';
import { sizeText } from '../../src/texts/sizes';
import { sanitizeText } from '../../src/util/sanitizeText';
import { noticeTemplate } from '../webview/noticeTemplate';
import { sandboxText } from '../webview/texts';
import type { Totals } from './repositories';
import {
  countedExtentText,
  unknownExtentText,
  unreadExtentText,
  countText,
  listedAtText,
  storageExtentText,
  totalLabel,
  totalsLabel,
  type Total,
} from './texts';

/** Which namespace this is, what it has as far as that is known, and what there is to know about the list. */
export function headerTemplate(state: StateMessage, totals: Totals | undefined): TemplateResult {
  return html`<header>
    <h1>
      ${sanitizeText(state.title)}
      ${state.isSandbox ? html`<span class="badge">${sandboxText()}</span>` : nothing}
    </h1>
    ${
      state.listedAt === null
        ? nothing
        : html`<p class="summary">${listedAtText(new Date(state.listedAt))}</p>`
    }
    ${state.notices.map(noticeTemplate)}
    ${totals === undefined || totals.repositories === 0 ? nothing : totalsTemplate(totals)}
  </header>`;
}

function totalsTemplate(totals: Totals): TemplateResult {
  const { repositories, storageBytes, measured, images, inactive, counted, undetermined } = totals;
  const extent = countedExtentText(totals);
  return html`<dl class="totals" aria-label=${totalsLabel()}>
    ${total('storage', measured === 0 ? '–' : sizeText(storageBytes), storageExtentText(totals))}
    ${total('repositories', numberText(repositories), undefined)}
    ${total('images', counted === 0 ? '–' : countText(images, undetermined), extent, unreadExtentText(totals))}
    ${total('inactive', counted === 0 ? '–' : numberText(inactive), extent, unknownExtentText(totals))}
  </dl>`;
}

/** @param extents What the number leaves out. */
function total(name: Total, value: string, ...extents: readonly (string | undefined)[]): TemplateResult {
  const extent = extents.filter((text) => text !== undefined).join(' · ');
  return html`<div>
    <dt>${totalLabel(name)}</dt>
    <dd>
      <span class="number">${value}</span
      >${extent === '' ? nothing : html`<span class="extent">${extent}</span>`}
    </dd>
  </div>`;
}
