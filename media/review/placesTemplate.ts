import { nothing, type TemplateResult } from 'lit';
import type { Place, RowId } from '../../src/review/protocol';
import { sanitizeText } from '../../src/util/sanitizeText';
import { html } from '../webview/compactHtml';
import type { Handlers } from './handlers';
import { morePlacesText, openPlaceText, showReferencesText } from './referenceTexts';

/** Places that are shown before the rest is folded. */
const shownPlaces = 3;

/**
 * Lines of files, each a link that opens it.
 *
 * @param row Whose lines they are; `null` if they are about the plan.
 */
export function placesTemplate(
  { places, morePlaces }: { readonly places: readonly Place[]; readonly morePlaces: number },
  control: string,
  row: RowId | null,
  handlers: Pick<Handlers, 'openPlace' | 'showReferences'>,
): TemplateResult {
  const shown = places.length <= shownPlaces + 1 && morePlaces === 0 ? places : places.slice(0, shownPlaces);
  const folded = places.slice(shown.length);
  return html`<ul class="places">
      ${shown.map((place) => placeTemplate(place, control, handlers))}
    </ul>
    ${
      folded.length + morePlaces === 0
        ? nothing
        : html`<details>
            <summary
              data-control="${control} more"
              .textContent=${morePlacesText(folded.length + morePlaces)}
            ></summary>
            <ul class="places">
              ${folded.map((place) => placeTemplate(place, control, handlers))}
              ${morePlaces === 0 ? nothing : restTemplate(morePlaces, control, row, handlers)}
            </ul>
          </details>`
    }`;
}

/** What is not listed here is shown in the editor's own view. */
function restTemplate(
  count: number,
  control: string,
  row: RowId | null,
  handlers: Pick<Handlers, 'showReferences'>,
): TemplateResult {
  return html`<li>
    <button
      type="button"
      class="link"
      data-control="${control} rest"
      title=${showReferencesText()}
      @click=${() => handlers.showReferences(row)}
      .textContent=${morePlacesText(count)}
    ></button>
  </li>`;
}

function placeTemplate(
  { id, name, detail }: Place,
  control: string,
  handlers: Pick<Handlers, 'openPlace'>,
): TemplateResult {
  const shownName = sanitizeText(name);
  return html`<li>
    <button
      type="button"
      class="link"
      data-control="${control} ${id}"
      title=${openPlaceText(shownName)}
      @click=${() => handlers.openPlace(id)}
      .textContent=${shownName}
    ></button>
    <span class="place-detail" .textContent=${sanitizeText(detail)}></span>
  </li>`;
}
