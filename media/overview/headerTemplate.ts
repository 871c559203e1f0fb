import { html, nothing, type TemplateResult } from 'lit';
import type { Notice, StateMessage } from '../../src/overview/protocol';
import { inertLines, inertText } from '../../src/util/inertText';
import { totalOf, type Figures } from './figures';
import { imagesText, instantText, numberText } from './words';

const severityWords: Readonly<Record<Notice['severity'], string>> = {
  info: 'Note',
  warning: 'Warning',
  error: 'Error',
};

/** Which repository this is, how many images it has, and what there is to know about the reading. */
export function headerTemplate(state: StateMessage, figures: Figures | undefined): TemplateResult {
  return html`<header>
    <h1>${inertText(state.title)} ${state.isSandbox ? html`<span class="badge">Sandbox</span>` : nothing}</h1>
    ${figures === undefined ? knownBefore(state) : extent(figures)} ${state.notices.map(noticeTemplate)}
  </header>`;
}

/** The server's own counts, until its images are there. */
function knownBefore({ counts }: StateMessage): TemplateResult | typeof nothing {
  return counts === null
    ? nothing
    : html`<p class="summary">
        ${[
          imagesText(counts.total),
          `${numberText(counts.active)} active`,
          `${numberText(counts.inactive)} inactive or unknown`,
        ].join(' · ')}
      </p>`;
}

function extent(figures: Figures): TemplateResult {
  const { all, activeFrom, readAt, unknown, future } = figures;
  const { left, right } = figures.sidesOf(activeFrom);
  return html`<p class="summary">
      ${[
        imagesText(totalOf(all)),
        `${numberText(totalOf(right) + totalOf(future))} active`,
        `${numberText(totalOf(left))} inactive`,
        `${numberText(totalOf(unknown))} unknown`,
        `${numberText(all.tagged)} tagged`,
        `${numberText(all.untagged)} untagged`,
      ]
        .map(unbroken)
        .join(' · ')}
    </p>
    <p class="summary">
      active = pushed or pulled since ${instantText(activeFrom)}<span class="separator"> · </span>read
      ${instantText(readAt)}
    </p>`;
}

/** A count and its word stay in one line. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

function noticeTemplate({ severity, text }: Notice): TemplateResult {
  return html`<p class="notice ${severity}">
    <span class="word">${severityWords[severity]}</span><span class="text">${inertLines(text)}</span>
  </p>`;
}
