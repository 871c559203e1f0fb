import type { PropertyValues } from 'lit';
import { pressListKey } from './listKeys';
import { PageElement } from './pageElement';
import { RowWindow } from './rowWindow';
import { setStickyHeight } from './stickyHeight';

/** A page with a long table, of which only the rows about the view are in the document. */
export abstract class RowPageElement<Received, Sent, Stored> extends PageElement<Received, Sent, Stored> {
  protected readonly rowWindow = new RowWindow(this);

  protected override listen(signal: AbortSignal): void {
    // Not `scrollend`: the browser's own corrections of the place do not fire it.
    window.addEventListener('scroll', this.#onScroll, { signal, passive: true });
    window.addEventListener('keydown', this.#onKeyDown, { signal });
  }

  protected override update(changed: PropertyValues): void {
    this.rowWindow.pin(this.focusedRow);
    this.rowWindow.beforeRendering(this.countRows());
    super.update(changed);
    const list = this.#list;
    if (list !== null) {
      this.renderRows(list);
    }
  }

  protected override updated(): void {
    super.updated();
    setStickyHeight(this);
    if (this.#list !== null) {
      this.rowWindow.place(this.#list);
    }
  }

  /** Puts the rows of the window into the element, between its spacers. */
  protected abstract renderRows(list: HTMLElement): void;

  /** The view is at another place, or on its way there. */
  protected abstract scrolled(): void;

  protected pressKey(event: KeyboardEvent): void {
    pressListKey(event, this.rowWindow, () => {
      this.focusSearch();
    });
  }

  protected focusSearch(): void {
    const search = this.querySelector<HTMLInputElement>('[data-control="search"]');
    search?.focus();
    search?.select();
  }

  get #list(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.body');
  }

  readonly #onScroll = (): void => {
    this.scrolled();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    this.pressKey(event);
  };
}
