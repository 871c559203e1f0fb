/** Where the focus goes when its control is gone from the toolbar. */
const toolbarOrder = ['delete', 'repeatDryRun', 'close'];

/**
 * Controls that replace one that disappears while it has the focus. No other control may receive the key that is being
 * pressed.
 */
const replacements: Readonly<Record<string, readonly string[]>> = {
  skipReferences: ['searchReferences', 'extent'],
  searchReferences: ['skipReferences', 'extent'],
};

/** Where the focus goes in a row that lacks the control it was on. */
const rowOrder = ['remove', 'copy'];

interface Held {
  readonly element: HTMLElement;
  readonly control: string;
  /** Index of the row, if it is in one. */
  readonly row: number | undefined;
}

/**
 * Keeps the keyboard where it was while rows come and go: on the same control, or else on the same one of the row that
 * took the place of a removed row.
 */
export class FocusKeeper {
  readonly #root: HTMLElement;
  #held: Held | undefined;
  #isRendering = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    root.addEventListener('focusin', this.#onFocusIn);
    root.addEventListener('focusout', this.#onFocusOut);
  }

  /** Row the focus is in, which must stay in the document. */
  get row(): number | undefined {
    return this.#held?.row;
  }

  beforeRendering(): void {
    this.#isRendering = true;
  }

  /** @param rowCount Rows there are now, in the document or not. */
  afterRendering(rowCount: number): void {
    this.#isRendering = false;
    const held = this.#held;
    if (held === undefined || document.activeElement === held.element) {
      this.#update(held);
      return;
    }
    if (held.element.isConnected) {
      held.element.focus({ preventScroll: true });
      return;
    }
    this.#successor(held, rowCount)?.focus({ preventScroll: held.row !== undefined });
  }

  /** The row of a control may have moved up. */
  #update(held: Held | undefined): void {
    if (held?.row !== undefined) {
      this.#held = { ...held, row: rowIndex(held.element) };
    }
  }

  #successor({ control, row }: Held, rowCount: number): HTMLElement | undefined {
    if (row !== undefined && rowCount > 0) {
      const next = this.#root.querySelector(`[data-index="${String(Math.min(row, rowCount - 1))}"]`);
      const found = next === null ? undefined : firstOf(next, [control, ...rowOrder]);
      if (found !== undefined) {
        return found;
      }
    }
    const own = row === undefined ? [control, ...(replacements[control] ?? [])] : [];
    return firstOf(this.#root, [...own, ...toolbarOrder]);
  }

  readonly #onFocusIn = ({ target }: FocusEvent): void => {
    const control = target instanceof HTMLElement ? target.dataset['control'] : undefined;
    this.#held =
      target instanceof HTMLElement && control !== undefined
        ? { element: target, control, row: rowIndex(target) }
        : undefined;
  };

  /** Leaving on purpose is not losing the focus to a change. */
  readonly #onFocusOut = ({ target }: FocusEvent): void => {
    if (!this.#isRendering && target instanceof Node && target.isConnected) {
      this.#held = undefined;
    }
  };
}

function rowIndex(element: HTMLElement): number | undefined {
  const index = element.closest<HTMLElement>('[data-index]')?.dataset['index'];
  return index === undefined ? undefined : Number(index);
}

function firstOf(within: Element, controls: readonly string[]): HTMLElement | undefined {
  for (const control of controls) {
    const found = within.querySelector<HTMLElement>(`[data-control="${control}"]`);
    if (found !== null) {
      return found;
    }
  }
  return undefined;
}
