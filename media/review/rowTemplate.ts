import { nothing, type TemplateResult } from 'lit';
import {
  canAccept,
  canRemove,
  type RowPart,
  type ReviewRow,
  type RowBlocker,
  type RowWarning,
  type StateMessage,
} from '../../src/review/protocol';
import { sanitizeText, sanitizeLines } from '../../src/util/sanitizeText';
import { html } from '../webview/compactHtml';
import { checkbox } from '../webview/controls';
import type { ShownRow } from '../webview/rowElements';
import { copyDigestOfText, copyDigestText, severityText } from '../webview/texts';
import type { Handlers } from './handlers';
import {
  acceptOfText,
  acceptText,
  deletedTagsLabel,
  formerTagsText,
  newText,
  partOutcomeText,
  partsLabel,
  removeOfText,
  removeText,
  statusText,
  untaggedText,
  verdict,
} from './rowTexts';
import { placesTemplate } from './placesTemplate';
import { loadingText } from './texts';

/** Characters of a list of tags beyond which it scrolls in a box of its own. */
const longListLength = 600;

/** What rows show of the state of the whole. */
export type RowContext = Pick<StateMessage, 'phase' | 'hasManyRepositories'>;

/** What the element of a row shows. */
export interface ShownReviewRow extends ShownRow<ReviewRow>, RowContext {}

/** Classes of the element of a row. */
export function rowClasses({ status, outcome }: ReviewRow): string {
  return outcome === null ? status : `${status} ${outcome.kind}`;
}

/** Cells of one image. Texts are set as properties: each then is one node, where an expression between tags would cost two. */
export function rowContent(
  row: ReviewRow,
  index: number,
  context: RowContext,
  handlers: Handlers,
): TemplateResult {
  const label = sanitizeText(row.label);
  return html`
    ${imageCell(row, label)}
    <div role="cell" class="digest">
      <span title=${sanitizeText(row.digest)} .textContent=${sanitizeText(row.shortDigest)}></span
      ><button
        type="button"
        class="icon copy"
        data-control="copy"
        aria-label=${copyDigestOfText(label)}
        title=${copyDigestText()}
        @click=${() => handlers.copyDigest(row)}
      ></button>
    </div>
    ${
      context.hasManyRepositories
        ? html`<div role="cell" class="repository" .textContent=${sanitizeText(row.repository)}></div>`
        : nothing
    }
    <div
      role="cell"
      class="activity"
      title=${sanitizeLines(row.activityDetail)}
      .textContent=${sanitizeText(row.activity)}
    ></div>
    <div role="cell" class="status" .textContent=${statusText(row.status)}></div>
    <div role="cell" class="verdict ${verdictTone(row)}" .textContent=${verdict(row)}></div>
    ${row.outcome === null && context.phase !== 'finished' ? removeCell(row, label, context, handlers) : nothing}
    ${partsCell(row, label)} ${findingsCell(row, index, label, context, handlers)}
  `;
}

/** Stands in for a row that has not arrived yet. */
export function placeholderContent(): TemplateResult {
  return html`<div role="cell">${loadingText()}</div>`;
}

function imageCell({ currentTags, historicalTags, tagNotes }: ReviewRow, label: string): TemplateResult {
  const former = sanitizeText(historicalTags.join(', '));
  return html`<div role="cell" class="image">
    ${
      currentTags.length > 0
        ? html`<span class="label" title=${label} .textContent=${label}></span>`
        : html`<span class="untagged" .textContent=${untaggedText()}></span>`
    }
    ${
      former === ''
        ? nothing
        : html`<span class="former" title=${former} .textContent=${formerTagsText(former)}></span>`
    }
    ${tagNotes.map((note) => html`<span class="tag-note" .textContent=${sanitizeText(note)}></span>`)}
  </div>`;
}

function removeCell(
  row: ReviewRow,
  label: string,
  { phase }: RowContext,
  handlers: Handlers,
): TemplateResult {
  const isDisabled = !canRemove(phase);
  return html`<div role="cell" class="remove">
    <button
      type="button"
      class="icon close"
      data-control="remove"
      aria-label=${removeOfText(label)}
      title=${removeText()}
      aria-disabled=${isDisabled ? 'true' : nothing}
      @click=${isDisabled ? undefined : () => handlers.remove(row)}
    ></button>
  </div>`;
}

/** What the image is made of; of no interest any more once it has an outcome. */
function partsCell({ parts, outcome }: ReviewRow, label: string): TemplateResult | typeof nothing {
  if (parts.length === 0 || outcome !== null) {
    return nothing;
  }
  return html`<div role="cell" class="parts">
    <ul aria-label=${partsLabel(label)}>
      ${parts.map(partTemplate)}
    </ul>
  </div>`;
}

function partTemplate({ level, name, digest, shortDigest, activity, outcome }: RowPart): TemplateResult {
  return html`<li class=${level > 1 ? `${outcome} nested` : outcome}>
    <span class="name" .textContent=${sanitizeText(name)}></span>
    <span class="short" title=${sanitizeText(digest)} .textContent=${sanitizeText(shortDigest)}></span>
    <span .textContent=${sanitizeText(activity)}></span>
    <span class="part-outcome" .textContent=${partOutcomeText(outcome)}></span>
  </li>`;
}

function findingsCell(
  row: ReviewRow,
  index: number,
  label: string,
  context: RowContext,
  handlers: Handlers,
): TemplateResult | typeof nothing {
  if (row.outcome !== null) {
    return row.outcome.kind === 'deleted'
      ? nothing
      : html`<div role="cell" class="findings"><p .textContent=${sanitizeLines(row.outcome.text)}></p></div>`;
  }
  if (row.attempt === null && row.blockers.length === 0 && row.warnings.length === 0) {
    return nothing;
  }
  return html`<div role="cell" class="findings">
    ${row.attempt === null ? nothing : html`<p .textContent=${sanitizeLines(row.attempt.text)}></p>`}
    ${row.blockers.map(blockerTemplate)}
    ${row.warnings.map((warning) => warningTemplate(row, warning, index, label, context, handlers))}
  </div>`;
}

function blockerTemplate({ kind, text }: RowBlocker): TemplateResult {
  return html`<p class="finding error">
    <span class="word" .textContent=${severityText('error')}></span>
    <span class="text" .textContent=${sanitizeLines(text)}></span>
    <code translate="no" .textContent=${kind}></code>
  </p>`;
}

function warningTemplate(
  row: ReviewRow,
  warning: RowWarning,
  index: number,
  label: string,
  { phase }: RowContext,
  handlers: Handlers,
): TemplateResult {
  const { kind, isAccepted, isNew } = warning;
  const id = `finding-${String(index)}-${kind}`;
  return html`<div class="finding warning ${isAccepted ? 'accepted' : ''}">
    <label class="check"
      >${checkbox({
        name: acceptOfText(kind, label),
        control: `accept ${kind}`,
        isChecked: isAccepted,
        isDisabled: !canAccept(phase),
        describedBy: id,
        onChange: (accepts) => handlers.accept(row, kind, accepts),
      })}<span .textContent=${acceptText(kind)}></span
    ></label>
    <div class="text" id=${id}>
      ${isNew ? html`<span class="badge" .textContent=${newText()}></span>&#32;` : nothing}<span
        .textContent=${sanitizeLines(warning.text)}
      ></span
      >${warning.tags.length > 0 ? tagList(warning.tags, label) : nothing}
      ${warning.places.length > 0 ? placesTemplate(warning, 'place', row.id, handlers) : nothing}
    </div>
  </div>`;
}

function tagList(tags: readonly string[], label: string): TemplateResult {
  const text = sanitizeText(tags.join(', '));
  return text.length <= longListLength
    ? html`&#32;<span class="tags" .textContent=${text}></span>`
    : html`<div
        class="tags long"
        tabindex="0"
        role="group"
        data-control="tags"
        aria-label=${deletedTagsLabel(label)}
        .textContent=${text}
      ></div>`;
}

function verdictTone({ outcome, attempt, blockers, warnings, isChecked }: ReviewRow): string {
  if (outcome !== null) {
    return outcome.kind === 'deleted' || outcome.kind === 'alreadyGone' ? 'good' : 'bad';
  }
  if (!isChecked) {
    return attempt === null ? 'open' : 'bad';
  }
  if (blockers.length > 0) {
    return 'bad';
  }
  return warnings.some(({ isAccepted }) => !isAccepted) ? 'doubtful' : 'good';
}
