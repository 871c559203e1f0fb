import { html, nothing, type TemplateResult } from 'lit';
import type { Notice, StateMessage } from '../../src/overview/protocol';
import { sanitizeLines, sanitizeText } from '../../src/util/sanitizeText';
import { totalOf, type Figures } from './figures';
import { numberText } from '../../src/texts/formats';
import { imagesText, instantText } from './texts';

const severityWords: Readonly<Record<Notice['severity'], string>> = {
  info: 'Note',
  warning: 'Warning',
  error: 'Error',
};

/** Which repository this is, how many images it has, and what there is to know about the reading. */
export function headerTemplate(state: StateMessage, figures: Figures | undefined): TemplateResult {
  return html`<header>
    <h1>
      ${sanitizeText(state.title)} ${state.isSandbox ? html`<span class="badge">Sandbox</span>` : nothing}
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
      `${numberText(active)} active`,
      `${numberText(inactive)} inactive${unknown === null ? ' or unknown' : ''}`,
      ...unknownText(unknown ?? 0),
    ].join(' · ')}
  </p>`;
}

function extent(figures: Figures): TemplateResult {
  const { all, activeFrom, readAt, future, undetermined } = figures;
  const { left, right, unknown } = figures.sidesOf(activeFrom);
  return html`<p class="summary">
      ${[
        extentText(totalOf(all), undetermined),
        `${numberText(totalOf(right) + totalOf(future))} active`,
        `${numberText(totalOf(left))} inactive`,
        ...unknownText(totalOf(unknown)),
        `${numberText(all.tagged)} tagged`,
        `${numberText(all.untagged)} untagged`,
      ]
        .map(unbroken)
        .join(' · ')}
    </p>
    <p class="summary">
      active = pushed or pulled since ${instantText(activeFrom)}<span class="separator"> · </span>read
      ${instantText(readAt)}
    </p>
    ${undetermined === 0 ? nothing : html`<p class="summary">${undeterminedText(undetermined)}</p>`}`;
}

/** `41 images`, or `up to 41 images` if some may be parts of others. */
function extentText(total: number, undetermined: number): string {
  return undetermined === 0 ? imagesText(total) : `up to ${imagesText(total)}`;
}

function unknownText(unknown: number): readonly string[] {
  return unknown === 0 ? [] : [`${numberText(unknown)} unknown`];
}

function undeterminedText(undetermined: number): string {
  return `${imagesText(undetermined)} may belong to multi-platform images, whose contents have not been read.`;
}

/** A count and its word stay in one line. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

function noticeTemplate({ severity, text }: Notice): TemplateResult {
  return html`<p class="notice ${severity}">
    <span class="word">${severityWords[severity]}</span><span class="text">${sanitizeLines(text)}</span>
  </p>`;
}
