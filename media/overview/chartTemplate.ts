import { html, type TemplateResult } from 'lit';
import { totalOf, type Figures } from './figures';
import type { Handlers } from './handlers';
import type { LineBounds } from './line';
import { chartText, imagesText, lineText, unitWords } from './texts';

const helpId = 'line-help';

/** The place of the canvas, and the line over it. */
export function chartTemplate(
  figures: Figures,
  { first, last }: LineBounds,
  line: number,
  handlers: Handlers,
): TemplateResult {
  const left = imagesText(totalOf(figures.sidesOf(line).left));
  return html`<section class="histogram" aria-labelledby="histogram-heading">
    <h2 id="histogram-heading">Images by last activity, a bar for each ${unitWords[figures.unit]}</h2>
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
        aria-label="Line that parts the images by last activity"
        aria-orientation="horizontal"
        aria-valuemin=${first}
        aria-valuemax=${last}
        aria-valuenow=${line}
        aria-valuetext="${lineText(line)}: ${left} left of the line"
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
    <p class="help" id=${helpId}>
      Drag the line, or move it with the arrow keys by a day, with Page Up and Page Down by a
      ${unitWords[figures.unit] === 'day' ? 'bar' : unitWords[figures.unit]}. Days begin at midnight UTC.
    </p>
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
