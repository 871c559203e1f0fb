import { WindowVirtualizerController, type Range, type Virtualizer } from '@tanstack/lit-virtual';
import type { ReactiveControllerHost } from 'lit';
import type { Position } from './position';

/** Height of a row before it was measured. */
const estimatedRowPx = 36;

/** Rows rendered beyond the edges of the view, so that Tab finds the next one. */
const overscan = 6;

/** Renderings after which a place that was asked for is taken as reached. */
const settlingLimit = 12;

/**
 * Which rows are in the document, and where. The page itself scrolls, so the arrow, Page, Home and End keys work
 * wherever the focus is.
 */
export class RowWindow {
  readonly #virtualizer: Virtualizer<Window, Element>;
  #pinned: number | undefined;
  #wanted: Position | undefined;
  #settlings = 0;

  constructor(host: ReactiveControllerHost) {
    this.#virtualizer = new WindowVirtualizerController<Element>(host, {
      count: 0,
      estimateSize: () => estimatedRowPx,
      overscan,
      rangeExtractor: (range) => this.#indexes(range),
    }).getVirtualizer();
  }

  /** Rows to be in the document now, in order. */
  get indexes(): readonly number[] {
    return this.#virtualizer.getVirtualItems().map(({ index }) => index);
  }

  /** First and last row around the view, without the pinned one. */
  get range(): { readonly first: number; readonly last: number } | undefined {
    const range = this.#virtualizer.range;
    if (range === null) {
      return undefined;
    }
    const last = this.#virtualizer.options.count - 1;
    return {
      first: Math.max(0, range.startIndex - overscan),
      last: Math.min(last, range.endIndex + overscan),
    };
  }

  /** The row at the upper edge of the view; `undefined` while what stands above the list is in view. */
  get position(): Position | undefined {
    const offset = window.scrollY;
    const item = this.#virtualizer.getVirtualItemForOffset(offset);
    return item === undefined || offset <= this.#virtualizer.options.scrollMargin
      ? undefined
      : { row: item.index, offsetPx: offset - item.start };
  }

  /** Keeps a row in the document wherever the view goes, because the focus is in it. */
  pin(index: number | undefined): void {
    this.#pinned = index;
  }

  /** Brings the row to the upper edge of the view as soon as it is there. */
  goTo(position: Position): void {
    this.#wanted = position;
    this.#settlings = 0;
  }

  /** To be called before each rendering. */
  setCount(count: number): void {
    if (count !== this.#virtualizer.options.count) {
      this.#setOptions({ count });
    }
  }

  /** Sizes are known by index, so they are void once rows were removed. */
  forgetSizes(): void {
    this.#virtualizer.measure();
  }

  /** To be called after each rendering: measures the rows and puts them in their places. */
  place(body: HTMLElement): void {
    const wasAtEnd = isAtEnd();
    this.#followTop(body);
    const rows = [...body.children].filter((row): row is HTMLElement => row instanceof HTMLElement);
    const sizes = rows.map(
      (row) => [Number(row.dataset['index']), row.getBoundingClientRect().height] as const,
    );
    const before = this.#virtualizer.getTotalSize();
    for (const [index, size] of sizes) {
      this.#virtualizer.resizeItem(index, size);
    }
    const total = this.#virtualizer.getTotalSize();
    setPx(body, 'height', total);
    const { scrollMargin } = this.#virtualizer.options;
    const starts = new Map(this.#virtualizer.getVirtualItems().map(({ index, start }) => [index, start]));
    for (const row of rows) {
      const start = starts.get(Number(row.dataset['index']));
      if (start !== undefined) {
        setPx(row, 'top', start - scrollMargin);
      }
    }
    if (this.#wanted !== undefined) {
      this.#approach(this.#wanted, total !== before);
    } else if (wasAtEnd && total > before) {
      window.scrollTo(0, document.documentElement.scrollHeight);
    }
  }

  #approach({ row, offsetPx }: Position, isUnsettled: boolean): void {
    const { count } = this.#virtualizer.options;
    const start = this.#virtualizer.getOffsetForIndex(Math.min(row, count - 1), 'start')?.[0];
    if (start === undefined) {
      return;
    }
    window.scrollTo(0, start + offsetPx);
    this.#settlings += 1;
    if (!isUnsettled || this.#settlings > settlingLimit) {
      this.#wanted = undefined;
    }
  }

  /** The list begins lower when a notice appears above it; what is being read must not move. */
  #followTop(body: HTMLElement): void {
    const scrollMargin = Math.round(body.getBoundingClientRect().top + window.scrollY);
    const shift = scrollMargin - this.#virtualizer.options.scrollMargin;
    if (shift === 0) {
      return;
    }
    const isReading = window.scrollY > this.#virtualizer.options.scrollMargin;
    this.#setOptions({ scrollMargin });
    if (isReading) {
      window.scrollBy(0, shift);
    }
  }

  #setOptions(change: { readonly count?: number; readonly scrollMargin?: number }): void {
    this.#virtualizer.setOptions({ ...this.#virtualizer.options, ...change });
  }

  #indexes({ startIndex, endIndex, count }: Range): number[] {
    const first = Math.max(0, startIndex - overscan);
    const last = Math.min(count - 1, endIndex + overscan);
    const indexes = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
    const pinned = this.#pinned;
    if (pinned === undefined || pinned >= count || (pinned >= first && pinned <= last)) {
      return indexes;
    }
    return pinned < first ? [pinned, ...indexes] : [...indexes, pinned];
  }
}

function isAtEnd(): boolean {
  const { scrollHeight, clientHeight } = document.documentElement;
  return window.scrollY > 0 && window.scrollY + clientHeight >= scrollHeight - 1;
}

/** Set through the object model: the content security policy forbids style attributes. */
function setPx(element: HTMLElement, property: 'top' | 'height', value: number): void {
  const text = `${String(value)}px`;
  if (element.style[property] !== text) {
    element.style[property] = text;
  }
}
