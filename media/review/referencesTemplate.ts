import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ReferenceGroup, References } from '../../src/review/protocol';
import { sanitizeLines, sanitizeText } from '../../src/util/sanitizeText';
import { button } from '../webview/controls';
import { progressLabel } from '../webview/texts';
import type { Handlers } from './handlers';
import { placesTemplate } from './placesTemplate';
import { extentSummary, referenceActionText, referencesHeading } from './referenceTexts';

/** What the search of the workspace came to, and what can be done about it. */
export function referencesTemplate(references: References, handlers: Handlers): TemplateResult {
  const { state, text, extent, groups } = references;
  return html`<section class="references ${state}" aria-label=${referencesHeading()}>
    <p class="search">${sanitizeLines(text)}</p>
    ${
      state === 'searching'
        ? html`<vscode-progress-bar indeterminate .ariaLabel=${progressLabel()}></vscode-progress-bar>`
        : nothing
    }
    ${repeat(
      groups,
      ({ kind }) => kind,
      (group) => groupTemplate(group, handlers),
    )}
    ${
      extent === null
        ? nothing
        : html`<details>
            <summary data-control="extent">${extentSummary()}</summary>
            <p>${sanitizeLines(extent)}</p>
          </details>`
    }
    ${state === 'searched' ? nothing : actions(state, handlers)}
  </section>`;
}

/** What may use an image of the plan is shown; what names one for another purpose is folded. */
function groupTemplate(group: ReferenceGroup, handlers: Handlers): TemplateResult {
  const text = sanitizeText(group.text);
  const places = placesTemplate(group, `place ${group.kind}`, null, handlers);
  return group.kind === 'possible'
    ? html`<div class="group">
        <p>${text}</p>
        ${places}
      </div>`
    : html`<details class="group">
        <summary data-control="group ${group.kind}">${text}</summary>
        ${places}
      </details>`;
}

function actions(state: References['state'], handlers: Handlers): TemplateResult {
  return html`<div class="actions">
    ${
      state === 'searching'
        ? nothing
        : button({
            text: referenceActionText(state === 'failed' ? 'searchAgain' : 'search'),
            control: 'searchReferences',
            onPress: () => handlers.act('searchReferences'),
          })
    }
    ${
      state === 'skipped'
        ? nothing
        : button({
            text: referenceActionText('skip'),
            control: 'skipReferences',
            onPress: () => handlers.act('skipReferences'),
          })
    }
  </div>`;
}
