import { html, type TemplateResult } from 'lit';
import type { Notice } from '../../src/webview/messageParts';
import { sanitizeLines } from '../../src/util/sanitizeText';
import { severityText } from './texts';

/** Something to be read before anything is decided. */
export function noticeTemplate({ severity, text }: Notice): TemplateResult {
  return html`<p class="notice ${severity}">
    <span class="word">${severityText(severity)}</span><span class="text">${sanitizeLines(text)}</span>
  </p>`;
}
