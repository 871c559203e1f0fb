import { html, nothing, type TemplateResult } from 'lit';
import type { StateMessage } from '../../src/overview/protocol';
import { sanitizeText } from '../../src/util/sanitizeText';
import { noticeTemplate } from '../webview/noticeTemplate';
import { activeSinceText, sandboxText } from '../webview/texts';
import { totalOf, type Figures } from './figures';
import {
  activeText,
  extentText,
  inactiveOrUnknownText,
  inactiveText,
  readAtText,
  taggedText,
  undeterminedText,
  unknownText,
  untaggedText,
} from './texts';

/** Which repository this is, how many images it has, and what there is to know about the reading. */
export function headerTemplate(state: StateMessage, figures: Figures | undefined): TemplateResult {
  return html`<header>
    <h1>
      ${sanitizeText(state.title)}
      ${state.isSandbox ? html`<span class="badge">${sandboxText()}</span>` : nothing}
    </h1>
    ${figures === undefined ? knownBefore(state) : extent(figures)} ${state.notices.map(noticeTemplate)}
  </header>`;
}

/** The server's own counts, until its images are there. */
function knownBefore({ counts }: StateMessage): TemplateResult | typeof nothing {
  if (counts === null) {
    return nothing;
  }
  const { total, active, inactive, unknown, undetermined } = counts;
  return html`<p class="summary">
    ${[
      extentText(total, undetermined),
      activeText(active),
      unknown === null ? inactiveOrUnknownText(inactive) : inactiveText(inactive),
      ...ifAny(unknown ?? 0, unknownText),
    ].join(' · ')}
  </p>`;
}

function extent(figures: Figures): TemplateResult {
  const { all, activeFrom, readAt, future, undetermined } = figures;
  const { left, right, unknown } = figures.sidesOf(activeFrom);
  return html`<p class="summary">
      ${[
        extentText(totalOf(all), undetermined),
        activeText(totalOf(right) + totalOf(future)),
        inactiveText(totalOf(left)),
        ...ifAny(totalOf(unknown), unknownText),
        taggedText(all.tagged),
        untaggedText(all.untagged),
      ]
        .map(unbroken)
        .join(' · ')}
    </p>
    <p class="summary">
      ${activeSinceText(new Date(activeFrom), 'UTC')}<span class="separator"> · </span>${readAtText(readAt)}
    </p>
    ${undetermined === 0 ? nothing : html`<p class="summary">${undeterminedText(undetermined)}</p>`}`;
}

function ifAny(count: number, text: (count: number) => string): readonly string[] {
  return count === 0 ? [] : [text(count)];
}

/** A count and its unit stay in one line. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}
