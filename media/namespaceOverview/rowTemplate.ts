import { nothing, type TemplateResult } from 'lit';
import { numberText } from '../../src/texts/formats';
import { sizeText } from '../../src/texts/sizes';
import { sanitizeLines, sanitizeText } from '../../src/util/sanitizeText';
import { html } from '../webview/compactHtml';
import { checkbox } from '../webview/controls';
import type { ShownRow } from '../webview/rowElements';
import { styleProperties } from '../webview/styleProperties';
import type { Handlers } from './handlers';
import type { ShownRepository } from './repositories';
import {
  countText,
  dayText,
  doubtText,
  instantText,
  missingText,
  privateText,
  selectOfText,
  showInTreeText,
  showOverviewOfText,
  showOverviewText,
} from './texts';

/** What the element of a row shows. */
export interface ShownRepositoryRow extends ShownRow<ShownRepository> {
  readonly row: ShownRepository;
  readonly isSelected: boolean;
  readonly isLeft: boolean;
  /** Of the repository that occupies the most. */
  readonly mostBytes: number;
}

/** Cells of one repository. */
export function rowContent(shown: ShownRepositoryRow, handlers: Handlers): TemplateResult {
  const { row, isSelected, isLeft } = shown;
  const name = sanitizeText(row.name);
  return html`
    <div role="cell" class="selected">
      ${checkbox({
        name: selectOfText(name),
        control: 'select',
        isChecked: isSelected,
        isDisabled: false,
        onChange: (isChecked) => {
          handlers.select(row, isChecked);
        },
      })}
    </div>
    <div role="cell" class="repository">
      <button
        type="button"
        class="link"
        data-control="tree"
        title=${showInTreeText()}
        aria-disabled=${isLeft ? 'true' : nothing}
        @click=${isLeft ? undefined : () => handlers.open(row, 'tree')}
        .textContent=${name}
      ></button>
      ${row.isPrivate === true ? html`<span class="badge">${privateText()}</span>` : nothing}
    </div>
    ${storageCell(shown)} ${countCells(row)} ${timeCell('lastPushed', row.lastPushed, 'unreported')}
    ${timeCell('lastPulled', row.counts?.lastPulled ?? null, whyNoPull(row))}
    <div role="cell" class="pulls">${row.pulls === null ? missing('unreported') : numberText(row.pulls)}</div>
    <div role="cell" class="overview">
      <button
        type="button"
        class="icon chart-icon"
        data-control="overview"
        title=${showOverviewText()}
        aria-label=${showOverviewOfText(name)}
        aria-disabled=${isLeft ? 'true' : nothing}
        @click=${isLeft ? undefined : () => handlers.open(row, 'overview')}
      ></button>
    </div>
  `;
}

function storageCell({ row: { storageBytes }, mostBytes }: ShownRepositoryRow): TemplateResult {
  if (storageBytes === null) {
    return html`<div role="cell" class="storage">${missing('unreported')}</div>`;
  }
  const share = mostBytes === 0 ? 0 : (100 * storageBytes) / mostBytes;
  return html`<div role="cell" class="storage">
    <span class="bar" aria-hidden="true" ${styleProperties({ '--share': `${String(share)}%` })}></span
    ><span .textContent=${sizeText(storageBytes)}></span>
  </div>`;
}

/** Untagged images are counted from the same reading as pulls. */
function whyNoPull({ counts }: ShownRepository): Parameters<typeof missingText>[0] {
  if (counts === undefined) {
    return 'uncounted';
  }
  return counts.untagged === null ? 'unread' : 'neverPulled';
}

/** The three counts of one request. */
function countCells({ counts, failure }: ShownRepository): TemplateResult {
  if (counts === undefined) {
    const cell = (column: string) =>
      html`<div role="cell" class=${column}>
        ${failure === undefined ? missing('uncounted') : missing('failed', failure)}
      </div>`;
    return html`${cell('images')}${cell('inactive')}${cell('untagged')}`;
  }
  const { total, inactive, untagged, undetermined } = counts;
  const doubt = doubtText(counts);
  const note = [failure, doubt].filter((text) => text !== undefined).join('\n');
  return html`<div role="cell" class="images" title=${note === '' ? nothing : sanitizeLines(note)}>
      ${failure === undefined ? nothing : html`<span class="failed" aria-hidden="true"></span>`}${countText(total, undetermined)}${
        note === '' ? nothing : html`<span class="hidden">${sanitizeLines(note)}</span>`
      }
    </div>
    <div role="cell" class="inactive">${numberText(inactive)}</div>
    <div role="cell" class="untagged">${untagged === null ? missing('unread') : numberText(untagged)}</div>`;
}

function timeCell(column: string, at: string | null, why: Parameters<typeof missingText>[0]): TemplateResult {
  return at === null
    ? html`<div role="cell" class=${column}>${missing(why)}</div>`
    : html`<div role="cell" class=${column} title=${instantText(at)}>${dayText(at)}</div>`;
}

/** A dash for the eye, and words for everybody else: what is not known is not none. */
function missing(why: Parameters<typeof missingText>[0], reason?: string): TemplateResult {
  const text = sanitizeLines(reason === undefined ? missingText(why) : `${missingText(why)} ${reason}`);
  return html`<span class=${why === 'failed' ? 'missing failed' : 'missing'} title=${text}
    ><span aria-hidden="true">–</span><span class="hidden">${text}</span></span
  >`;
}
