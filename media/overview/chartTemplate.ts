import { html, type TemplateResult } from 'lit';
import { totalOf, type Figures } from './figures';
import type { Handlers } from './handlers';
import type { LineBounds } from './line';
import { chartHeading, chartText, lineHelp, lineLabel } from './chartTexts';
import { linePositionText, lineText } from './texts';

const helpId = 'line-help';

/** The place of the canvas, and the line over it. */
export function chartTemplate(
  figures: Figures,
  { first, last }: LineBounds,
  line: number,
  handlers: Handlers,
): TemplateResult {
  const left = totalOf(figures.sidesOf(line).left);
  return html`<section class="histogram" aria-labelledby="histogram-heading">
    <h2 id="histogram-heading">${chartHeading(figures.unit)}</h2>
    <div class="chart">
      <div class="flag" aria-hidden="true">${lineText(line)}</div>
      <div
        class="plot"
        role="img"
        aria-label=${chartText(figures)}
        @click=${({ clientX }: MouseEvent) => {
          handlers.dragTo(clientX);
        }}
      ></div>
      <div
        class="line"
        role="slider"
        tabindex="0"
        data-control="line"
        aria-label=${lineLabel()}
        aria-orientation="horizontal"
        aria-valuemin=${first}
        aria-valuemax=${last}
        aria-valuenow=${line}
        aria-valuetext=${linePositionText(line, left)}
        aria-describedby=${helpId}
        @keydown=${handlers.pressKey}
        @pointerdown=${takeHold}
        @pointermove=${(event: PointerEvent) => {
          if (holder(event).hasPointerCapture(event.pointerId)) {
            handlers.dragTo(event.clientX);
          }
        }}
      ></div>
    </div>
    <p class="help" id=${helpId}>${lineHelp(figures.unit)}</p>
  </section>`;
}

/** With the main button only; the handle keeps the pointer wherever it goes. */
function takeHold(event: PointerEvent): void {
  if (event.button === 0) {
    holder(event).setPointerCapture(event.pointerId);
  }
}

function holder(event: PointerEvent): HTMLElement {
  return event.currentTarget as HTMLElement; // the listeners are on the handle itself
}
