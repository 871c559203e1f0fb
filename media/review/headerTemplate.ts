import { html, nothing, type TemplateResult } from 'lit';
import type { ReviewResult, StateMessage } from '../../src/review/protocol';
import { sanitizeText, sanitizeLines } from '../../src/util/sanitizeText';
import { button } from '../webview/controls';
import type { Handlers } from './handlers';
import { isCheckNext } from './nextStep';
import { referencesTemplate } from './referencesTemplate';
import { dateTimeText, numberText } from '../../src/texts/formats';
import { noticeTemplate } from '../webview/noticeTemplate';
import { activeSinceText, sandboxText } from '../webview/texts';
import { actionText, extentText, figuresOf, reportedText, resultHeading } from './texts';

/** What is about to be deleted, what there is to know about it, and what came of it. */
export function headerTemplate(state: StateMessage, handlers: Handlers): TemplateResult {
  const activeFrom = new Date(state.activeFrom);
  return html`<header>
    <h1>
      ${sanitizeText(state.title)}
      ${state.isSandbox ? html`<span class="badge">${sandboxText()}</span>` : nothing}
    </h1>
    <p class="summary">
      ${extentText(state)}<span class="separator"> · </span
      ><span title=${dateTimeText(activeFrom, 'UTC')}>${activeSinceText(activeFrom)}</span>
    </p>
    ${state.notices.map(noticeTemplate)} ${state.result === null ? nothing : resultTemplate(state.result)}
    ${state.actions.length === 0 ? nothing : actionsTemplate(state, handlers)}
    ${
      state.references === null || state.phase === 'finished'
        ? nothing
        : referencesTemplate(state.references, handlers)
    }
  </header>`;
}

function resultTemplate(result: ReviewResult): TemplateResult {
  return html`<section class="result" aria-labelledby="result-heading">
    <h2 id="result-heading">${resultHeading()}</h2>
    <dl>
      ${figuresOf(result).map(
        ([label, count]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${numberText(count)}</dd>
          </div>`,
      )}
    </dl>
    <p>${reportedText(result)}</p>
    ${result.size === null ? nothing : html`<p .textContent=${sanitizeLines(result.size)}></p>`}
  </section>`;
}

function actionsTemplate(state: StateMessage, handlers: Handlers): TemplateResult {
  return html`<div class="actions">
    ${state.actions.map((action) =>
      button({
        text: actionText(action),
        control: action,
        isPrimary: action === 'checkAgain' && isCheckNext(state),
        onPress: () => handlers.act(action),
      }),
    )}
  </div>`;
}
