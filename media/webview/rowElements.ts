import { render, type TemplateResult } from 'lit';

/** More rows than one screen has come and go at once when the view jumps; those beyond are not worth their memory. */
const spareLimit = 100;

/** What an element shows of one row. Two that are equal in every field look the same. */
export interface ShownRow<Row> {
  readonly index: number;
  /** `undefined` where it has not arrived yet. */
  readonly row: Row | undefined;
}

/** How the rows of a table look. */
export interface RowLook<Row, Shown extends ShownRow<Row>> {
  /** What stays the same of a row wherever it stands. */
  readonly keyOf: (row: Row) => string;
  /** Of the element, besides `row`; with `placeholder` among them for a row that has not arrived yet. */
  readonly classesOf: (shown: Shown) => string;
  /** The cells. */
  readonly contentOf: (shown: Shown) => TemplateResult;
}

/** An element, and what it shows. */
interface DrawnRow<Shown> {
  readonly element: HTMLElement;
  shows?: Shown;
}

/**
 * The elements of the rows in the document, one a row for as long as it is there, so that the focus and a check box
 * in use outlive a change around them.
 *
 * Not lit's `repeat`: that leaves a comment behind for each row it removes (lit/lit#5298), and scrolling removes rows
 * without end.
 */
export class RowElements<Row, Shown extends ShownRow<Row>> {
  readonly #look: RowLook<Row, Shown>;
  #drawn = new Map<string | number, DrawnRow<Shown>>();
  /** Of rows that left the document: to write other texts into one is less work than to make one. */
  readonly #spare: DrawnRow<Shown>[] = [];

  constructor(look: RowLook<Row, Shown>) {
    this.#look = look;
  }

  /**
   * @param list Element whose first and last child are spacers; the rows go between them.
   * @param rows To be in the document, in order.
   */
  update(list: HTMLElement, rows: readonly Shown[]): void {
    const before = this.#drawn;
    const wanted = new Map(
      rows.map((shown) => [shown.row === undefined ? shown.index : this.#look.keyOf(shown.row), shown]),
    );
    for (const [key, drawn] of before) {
      if (!wanted.has(key)) {
        this.#release(drawn);
      }
    }
    this.#drawn = new Map();
    for (const [key, one] of wanted) {
      const drawn = before.get(key) ?? this.#take(one);
      this.#draw(drawn, one);
      this.#drawn.set(key, drawn);
    }
    this.#order(list);
  }

  #take({ row }: Shown): DrawnRow<Shown> {
    const spare = row === undefined ? undefined : this.#spare.pop();
    return spare ?? { element: createRow() };
  }

  /** What had the focus is not used again: the focus would turn up at another row. */
  #release(drawn: DrawnRow<Shown>): void {
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

  #draw(drawn: DrawnRow<Shown>, wanted: Shown): void {
    const { element, shows } = drawn;
    if (shows !== undefined && isSame(shows, wanted)) {
      return;
    }
    setAttribute(element, 'class', `row ${this.#look.classesOf(wanted)}`);
    setAttribute(element, 'aria-rowindex', String(wanted.index + 2)); // counted from 1, and the first is the table's head
    setAttribute(element, 'data-index', String(wanted.index));
    render(this.#look.contentOf(wanted), element);
    drawn.shows = wanted;
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

function isSame<Shown extends object>(a: Shown, b: Shown): boolean {
  return (Object.keys(b) as (keyof Shown)[]).every((field) => a[field] === b[field]); // its own fields
}

function createRow(): HTMLElement {
  const element = document.createElement('div');
  element.setAttribute('role', 'row');
  return element;
}

function setAttribute(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}
