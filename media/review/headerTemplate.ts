import { html, nothing, type TemplateResult } from 'lit';
import type { Notice, ReviewResult, StateMessage } from '../../src/review/protocol';
import { inertText, inertLines } from '../../src/util/inertText';
import { counted, instantText, metricsOf, numberText, outcomesText } from './words';

const severityWords: Readonly<Record<Notice['severity'], string>> = {
  info: 'Note',
  warning: 'Warning',
  error: 'Error',
};

/** What is about to be deleted, what there is to know about it, and what came of it. */
export function headerTemplate(state: StateMessage): TemplateResult {
  return html`<header>
    <h1>${inertText(state.title)} ${state.isSandbox ? html`<span class="badge">Sandbox</span>` : nothing}</h1>
    <p class="summary">
      ${extent(state)}<span class="separator"> · </span>active = pushed or pulled since
      <time datetime=${state.activeFrom} title=${state.activeFrom}>${instantText(state.activeFrom)}</time>
    </p>
    ${state.notices.map(noticeTemplate)} ${state.result === null ? nothing : resultTemplate(state.result)}
  </header>`;
}

function extent({ imageCount, rowCount }: StateMessage): string {
  return imageCount === 0 && rowCount > 0
    ? `${counted(rowCount, 'image')}, all settled`
    : `${counted(imageCount, 'image')} in the plan`;
}

function noticeTemplate({ severity, text }: Notice): TemplateResult {
  return html`<p class="notice ${severity}">
    <span class="word">${severityWords[severity]}</span><span class="text">${inertLines(text)}</span>
  </p>`;
}

function resultTemplate(result: ReviewResult): TemplateResult {
  return html`<section class="result" aria-labelledby="result-heading">
    <h2 id="result-heading">Result</h2>
    <dl>
      ${metricsOf(result).map(
        ([words, name, count]) =>
          html`<div>
            <dt>${words} <code>${name}</code></dt>
            <dd>${numberText(count)}</dd>
          </div>`,
      )}
    </dl>
    <p>By the new listing: ${outcomesText(result)}.</p>
    ${result.size === null ? nothing : html`<p .textContent=${inertLines(result.size)}></p>`}
  </section>`;
}
