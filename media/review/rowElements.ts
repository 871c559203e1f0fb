import { render } from 'lit';
import type { ReviewRow, RowId, StateMessage } from '../../src/review/protocol';
import type { Handlers } from './handlers';
import { placeholderContent, rowContent } from './rowTemplate';
import type { RowStore } from './rowStore';

/**
 * The elements of the rows in the document, one an image for as long as it is there, so that the focus and a check box
 * in use outlive a change around them.
 *
 * Not lit's `repeat`: that leaves a comment behind for each row it removes (lit/lit#5298), and scrolling removes rows
 * without end.
 */
export class RowElements {
  #elements = new Map<RowId | number, HTMLElement>();

  /** @param list Element whose first and last child are spacers; the rows go between them. */
  update(
    list: HTMLElement,
    indexes: readonly number[],
    store: RowStore,
    state: StateMessage,
    handlers: Handlers,
  ): void {
    const before = this.#elements;
    this.#elements = new Map();
    for (const index of indexes) {
      const row = store.row(index);
      const key = row?.id ?? index;
      const element = before.get(key) ?? createRow();
      before.delete(key);
      this.#elements.set(key, element);
      setAttribute(element, 'class', `row ${row === undefined ? 'placeholder' : classesOf(row)}`);
      setAttribute(element, 'aria-rowindex', String(index + 2)); // counted from 1, and the first is the table's head
      setAttribute(element, 'data-index', String(index));
      render(row === undefined ? placeholderContent() : rowContent(row, index, state, handlers), element);
    }
    for (const element of before.values()) {
      element.remove();
    }
    this.#order(list);
  }

  /** Moves only what is out of place: a moved element loses the focus. */
  #order(list: HTMLElement): void {
    let next = list.firstElementChild?.nextElementSibling ?? null;
    for (const element of this.#elements.values()) {
      if (element === next) {
        next = element.nextElementSibling;
      } else {
        list.insertBefore(element, next);
      }
    }
  }
}

function createRow(): HTMLElement {
  const element = document.createElement('div');
  element.setAttribute('role', 'row');
  return element;
}

function classesOf({ status, outcome }: ReviewRow): string {
  return outcome === null ? status : `${status} ${outcome.kind}`;
}

function setAttribute(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}
