import { render } from 'lit';
import type { ReviewRow, RowId } from '../../src/review/protocol';
import type { Handlers } from './handlers';
import { placeholderContent, rowContent, type RowContext } from './rowTemplate';
import type { RowStore } from './rowStore';

/** More rows than one screen has come and go at once when the view jumps; those beyond are not worth their memory. */
const spareLimit = 100;

/** A row to be in the document; without its image where that has not arrived yet. */
interface WantedRow {
  readonly index: number;
  readonly row: ReviewRow | undefined;
}

/** An element, and what it shows. */
interface DrawnRow {
  readonly element: HTMLElement;
  shows?: WantedRow & RowContext;
}

/**
 * The elements of the rows in the document, one an image for as long as it is there, so that the focus and a check box
 * in use outlive a change around them.
 *
 * Not lit's `repeat`: that leaves a comment behind for each row it removes (lit/lit#5298), and scrolling removes rows
 * without end.
 */
export class RowElements {
  #drawn = new Map<RowId | number, DrawnRow>();
  /** Of images that left the document: to write other texts into one is less work than to make one. */
  readonly #spare: DrawnRow[] = [];

  /** @param list Element whose first and last child are spacers; the rows go between them. */
  update(
    list: HTMLElement,
    indexes: readonly number[],
    store: RowStore,
    { phase, hasManyRepositories }: RowContext,
    handlers: Handlers,
  ): void {
    const before = this.#drawn;
    const context = { phase, hasManyRepositories };
    const wanted = new Map(
      indexes.map((index) => {
        const row = store.row(index);
        return [row?.id ?? index, { index, row }] as const;
      }),
    );
    for (const [key, drawn] of before) {
      if (!wanted.has(key)) {
        this.#release(drawn);
      }
    }
    this.#drawn = new Map();
    for (const [key, one] of wanted) {
      const drawn = before.get(key) ?? this.#take(one);
      draw(drawn, { ...one, ...context }, handlers);
      this.#drawn.set(key, drawn);
    }
    this.#order(list);
  }

  #take({ row }: WantedRow): DrawnRow {
    const spare = row === undefined ? undefined : this.#spare.pop();
    return spare ?? { element: createRow() };
  }

  /** What had the focus is not used again: the focus would turn up at another image. */
  #release(drawn: DrawnRow): void {
    const { element, shows } = drawn;
    const isReusable =
      shows?.row !== undefined &&
      !element.contains(document.activeElement) &&
      element.querySelector('[tabindex]') === null; // a box that may be scrolled
    element.remove();
    if (isReusable && this.#spare.length < spareLimit) {
      this.#spare.push(drawn);
    }
  }

  /** Moves only what is out of place: a moved element loses the focus. */
  #order(list: HTMLElement): void {
    let next = list.firstElementChild?.nextElementSibling ?? null;
    for (const { element } of this.#drawn.values()) {
      if (element === next) {
        next = element.nextElementSibling;
      } else {
        list.insertBefore(element, next);
      }
    }
  }
}

function draw(drawn: DrawnRow, wanted: WantedRow & RowContext, handlers: Handlers): void {
  const { element, shows } = drawn;
  if (shows !== undefined && isSame(shows, wanted)) {
    return;
  }
  const { index, row } = wanted;
  setAttribute(element, 'class', `row ${row === undefined ? 'placeholder' : classesOf(row)}`);
  setAttribute(element, 'aria-rowindex', String(index + 2)); // counted from 1, and the first is the table's head
  setAttribute(element, 'data-index', String(index));
  render(row === undefined ? placeholderContent() : rowContent(row, index, wanted, handlers), element);
  drawn.shows = wanted;
}

function isSame(a: WantedRow & RowContext, b: WantedRow & RowContext): boolean {
  return (
    a.index === b.index &&
    a.row === b.row &&
    a.phase === b.phase &&
    a.hasManyRepositories === b.hasManyRepositories
  );
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
