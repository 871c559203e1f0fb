import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

/*
 * Native controls, where vscode-elements has its own: those leave the tab order when disabled, so nobody could learn
 * why; Space scrolls the page under them; and each is a dozen nodes, in a list that counts its nodes.
 */

export interface ButtonOptions {
  readonly text: string;
  /** Name by which the focus is found again after a change. */
  readonly control: string;
  readonly onPress: () => void;
  readonly isPrimary?: boolean;
  readonly isDisabled?: boolean;
  /** Id of the element that says why the button is disabled. */
  readonly describedBy?: string | undefined;
}

/** A button that can be reached while it is disabled. */
export function button(options: ButtonOptions): TemplateResult {
  const { text, control, onPress, isPrimary = false, isDisabled = false, describedBy } = options;
  return html`<button
    type="button"
    class=${isPrimary ? 'primary' : 'secondary'}
    data-control=${control}
    aria-disabled=${isDisabled ? 'true' : nothing}
    aria-describedby=${describedBy ?? nothing}
    @click=${isDisabled ? undefined : onPress}
    .textContent=${text}
  ></button>`;
}

export interface CheckboxOptions {
  readonly name: string;
  readonly control: string;
  readonly isChecked: boolean;
  readonly isPartial?: boolean;
  readonly isDisabled: boolean;
  readonly describedBy?: string;
  readonly onChange: (isChecked: boolean) => void;
}

/** The box alone; it belongs into a label. */
export function checkbox(options: CheckboxOptions): TemplateResult {
  const { name, control, isChecked, isPartial = false, isDisabled, describedBy, onChange } = options;
  return html`<input
    type="checkbox"
    aria-label=${name}
    data-control=${control}
    aria-disabled=${isDisabled ? 'true' : nothing}
    aria-describedby=${describedBy ?? nothing}
    .checked=${live(isChecked)}
    .indeterminate=${live(isPartial)}
    @click=${isDisabled ? refuse : undefined}
    @change=${(event: Event) => {
      onChange((event.currentTarget as HTMLInputElement).checked); // the listener is on the input itself
    }}
  />`;
}

function refuse(event: Event): void {
  event.preventDefault();
}
