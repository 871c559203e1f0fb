import { html, nothing, type TemplateResult } from 'lit';
import type { Notice, ReviewResult, StateMessage } from '../../src/review/protocol';
import { sanitizeText, sanitizeLines } from '../../src/util/sanitizeText';
import { button } from '../webview/controls';
import type { Handlers } from './handlers';
import { dateTimeText, numberText } from '../../src/texts/formats';
import { actionWords, counted, figuresOf, reportedText } from './texts';

const severityWords: Readonly<Record<Notice['severity'], string>> = {
  info: 'Note',
  warning: 'Warning',
  error: 'Error',
};

/** What is about to be deleted, what there is to know about it, and what came of it. */
export function headerTemplate(state: StateMessage, handlers: Handlers): TemplateResult {
  return html`<header>
    <h1>
      ${sanitizeText(state.title)} ${state.isSandbox ? html`<span class="badge">Sandbox</span>` : nothing}
    </h1>
    <p class="summary">
      ${extent(state)}<span class="separator"> · </span>active = pushed or pulled since
      <time datetime=${state.activeFrom} title=${state.activeFrom}
        >${dateTimeText(new Date(state.activeFrom))}</time
      >
    </p>
    ${state.notices.map(noticeTemplate)}
    ${state.result === null ? nothing : resultTemplate(state.result, handlers)}
  </header>`;
}

function extent({ imageCount, rowCount }: StateMessage): string {
  return imageCount === 0 && rowCount > 0
    ? `${counted(rowCount, 'image')}, none left in the plan`
    : `${counted(imageCount, 'image')} in the plan`;
}

function noticeTemplate({ severity, text }: Notice): TemplateResult {
  return html`<p class="notice ${severity}">
    <span class="word">${severityWords[severity]}</span><span class="text">${sanitizeLines(text)}</span>
  </p>`;
}

function resultTemplate(result: ReviewResult, handlers: Handlers): TemplateResult {
  return html`<section class="result" aria-labelledby="result-heading">
    <h2 id="result-heading">Result</h2>
    <dl>
      ${figuresOf(result).map(
        ([words, count]) =>
          html`<div>
            <dt>${words}</dt>
            <dd>${numberText(count)}</dd>
          </div>`,
      )}
    </dl>
    <p>${reportedText(result)}</p>
    ${result.size === null ? nothing : html`<p .textContent=${sanitizeLines(result.size)}></p>`}
    <div class="actions">
      ${result.actions.map((action) =>
        button({ text: actionWords[action], control: action, onPress: () => handlers.act(action) }),
      )}
    </div>
  </section>`;
}
