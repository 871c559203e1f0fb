import { WindowVirtualizerController, type Range, type Virtualizer } from '@tanstack/lit-virtual';
import type { ReactiveControllerHost } from 'lit';
import type { Position } from './position';

/** Height of a row before any was measured: that of one without findings, which most are. */
const firstEstimatePx = 31;

/** Rows rendered beyond the edges of the view, so that Tab finds the next one. */
const overscan = 6;

/** Renderings after which a place that was asked for is taken as reached. */
const settlingLimit = 20;

/**
 * Which rows are in the document, and where. The page itself scrolls, so the arrow and Page keys work wherever the
 * focus is. Rows follow each other in the flow between two spacers: when one turns out taller than was thought, the
 * browser's own scroll anchoring keeps the view in place, without breaking off a movement that is under way.
 */
export class RowWindow {
  readonly #host: ReactiveControllerHost;
  readonly #virtualizer: Virtualizer<Window, Element>;
  #pinned: number | undefined;
  /** The rows that follow each other in the document. */
  #rendered = { first: 0, last: -1 };
  #wanted: Position | undefined;
  #settlings = 0;
  #wasAtEnd = false;
  /** Height of a row before it was measured. */
  #estimatePx = firstEstimatePx;
  /** Whether the estimate is that of this list. */
  #isEstimated = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    this.#virtualizer = new WindowVirtualizerController<Element>(host, {
      count: 0,
      estimateSize: () => this.#estimatePx,
      overscan,
      rangeExtractor: (range) => this.#indexes(range),
    }).getVirtualizer();
    this.#virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false;
  }

  /** Rows to be in the document now, in order. */
  get indexes(): readonly number[] {
    return this.#virtualizer.getVirtualItems().map(({ index }) => index);
  }

  /** First and last row about the view, without the pinned one. */
  get range(): { readonly first: number; readonly last: number } | undefined {
    const { range, options } = this.#virtualizer;
    return range === null ? undefined : around(range.startIndex, range.endIndex, options.count);
  }

  /** First and last row that are in view themselves. */
  get inView(): { readonly first: number; readonly last: number } | undefined {
    const { range } = this.#virtualizer;
    return range === null ? undefined : { first: range.startIndex, last: range.endIndex };
  }

  /** The row at the upper edge of the view; `undefined` while what stands above the list is in view. */
  get position(): Position | undefined {
    const offset = window.scrollY;
    const item = this.#virtualizer.getVirtualItemForOffset(offset);
    return item === undefined || offset <= this.#virtualizer.options.scrollMargin
      ? undefined
      : { row: item.index, offsetPx: offset - item.start };
  }

  /** Whether the view is on its way to a place that was asked for. */
  get isMoving(): boolean {
    return this.#wanted !== undefined;
  }

  /** Keeps a row in the document wherever the view goes, because the focus is in it. */
  pin(index: number | undefined): void {
    this.#pinned = index;
  }

  /** Brings the row to the upper edge of the view as soon as it is there. */
  goTo(position: Position): void {
    this.#wanted = position;
    this.#settlings = 0;
    this.#host.requestUpdate();
  }

  /** Brings the first row below what sticks to the upper edge, unless what stands above the list is in view. */
  goToStart(): void {
    if (this.position !== undefined) {
      const { scrollPaddingTop } = getComputedStyle(document.documentElement);
      this.goTo({ row: 0, offsetPx: -(Number.parseFloat(scrollPaddingTop) || 0) });
    }
  }

  goToEnd(): void {
    this.goTo({ row: Number.MAX_SAFE_INTEGER, offsetPx: 0 });
  }

  /** To be called before each rendering. */
  beforeRendering(count: number): void {
    this.#wasAtEnd = isAtEnd();
    if (count !== this.#virtualizer.options.count) {
      this.#setOptions({ count });
      this.#isEstimated = false;
    }
  }

  /** To be called after each rendering: measures the rows and gives the spacers their heights. */
  place(list: HTMLElement): void {
    const rows = [...list.querySelectorAll<HTMLElement>(':scope > .row')];
    for (const row of rows) {
      row.classList.toggle('pinned', !isWithin(indexOf(row), this.#rendered));
    }
    this.#holdPlaces(rows.filter(isPlaceholder));
    this.#setOptions({ scrollMargin: Math.round(list.getBoundingClientRect().top + window.scrollY) });
    const before = this.#virtualizer.getTotalSize();
    this.#measure(rows);
    this.#space(list, rows);
    const isChanged = this.#virtualizer.getTotalSize() !== before;
    if (this.#wanted !== undefined) {
      this.#approach(this.#wanted, isChanged);
    } else if (this.#wasAtEnd && isChanged) {
      window.scrollTo(0, document.documentElement.scrollHeight);
    }
  }

  /** A row that has not arrived yet is as tall as it is thought to be, so that nothing moves when it does. */
  #holdPlaces(placeholders: readonly HTMLElement[]): void {
    for (const row of placeholders) {
      const index = indexOf(row);
      setPx(row, 'height', this.#endOf(index) - this.#startOf(index));
    }
  }

  #measure(rows: readonly HTMLElement[]): void {
    const sizes = rows
      .filter((row) => !isPlaceholder(row))
      .map((row) => [indexOf(row), row.getBoundingClientRect().height] as const);
    this.#estimate(sizes.map(([, size]) => size));
    for (const [index, size] of sizes) {
      this.#virtualizer.resizeItem(index, size);
    }
  }

  /**
   * Most rows of a list are of one kind, so the first ones tell how tall the others will be: then what is jumped to is as
   * tall as was thought, and is drawn once. Only at the upper end of the list, where nothing in view can move. The median,
   * for no row is as tall as the mean of several kinds.
   */
  #estimate(heights: readonly number[]): void {
    if (this.#isEstimated || heights.length === 0 || this.#rendered.first > 0) {
      return;
    }
    this.#isEstimated = true;
    const median = [...heights].sort((a, b) => a - b)[Math.floor(heights.length / 2)] ?? firstEstimatePx;
    if (median !== this.#estimatePx) {
      this.#estimatePx = median;
      this.#virtualizer.measure();
    }
  }

  #space(list: HTMLElement, rows: readonly HTMLElement[]): void {
    const { scrollMargin } = this.#virtualizer.options;
    const total = this.#virtualizer.getTotalSize();
    const inFlow: number[] = [];
    for (const row of rows) {
      if (row.classList.contains('pinned')) {
        setPx(row, 'top', this.#startOf(indexOf(row)) - scrollMargin);
      } else {
        row.style.removeProperty('top'); // in a narrow view, it would shift a row that was pinned before
        inFlow.push(indexOf(row));
      }
    }
    const first = inFlow[0];
    const last = inFlow.at(-1);
    const above = first === undefined ? 0 : this.#startOf(first) - scrollMargin;
    const below = last === undefined ? total : total - (this.#endOf(last) - scrollMargin);
    const [spacerAbove, spacerBelow] = list.querySelectorAll<HTMLElement>(':scope > .spacer');
    if (spacerAbove !== undefined && spacerBelow !== undefined) {
      setPx(spacerAbove, 'height', above);
      setPx(spacerBelow, 'height', below);
    }
  }

  #approach({ row, offsetPx }: Position, isChanged: boolean): void {
    const last = this.#virtualizer.options.count - 1;
    const target = row > last ? Number.MAX_SAFE_INTEGER : this.#startOf(row) + offsetPx;
    const before = window.scrollY;
    window.scrollTo(0, target);
    this.#settlings += 1;
    const isSettled = !isChanged && Math.abs(window.scrollY - before) < 1;
    if (isSettled || this.#settlings > settlingLimit) {
      this.#wanted = undefined;
      return;
    }
    // The scroll event comes with the next frame; the rows must be there in this one.
    this.#virtualizer.scrollOffset = window.scrollY;
    void this.#host.updateComplete.then(() => {
      this.#host.requestUpdate();
    });
  }

  #startOf(index: number): number {
    return this.#virtualizer.measurementsCache[index]?.start ?? 0;
  }

  #endOf(index: number): number {
    return this.#virtualizer.measurementsCache[index]?.end ?? 0;
  }

  #setOptions(change: { readonly count?: number; readonly scrollMargin?: number }): void {
    this.#virtualizer.setOptions({ ...this.#virtualizer.options, ...change });
  }

  #indexes({ startIndex, endIndex, count }: Range): number[] {
    const { first, last } = around(startIndex, endIndex, count);
    this.#rendered = { first, last };
    const indexes = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
    const pinned = this.#pinned;
    if (pinned === undefined || pinned >= count || (pinned >= first && pinned <= last)) {
      return indexes;
    }
    return pinned < first ? [pinned, ...indexes] : [...indexes, pinned];
  }
}

function around(startIndex: number, endIndex: number, count: number): { first: number; last: number } {
  return { first: Math.max(0, startIndex - overscan), last: Math.min(count - 1, endIndex + overscan) };
}

function isWithin(index: number, range: { readonly first: number; readonly last: number }): boolean {
  return index >= range.first && index <= range.last;
}

function indexOf(row: HTMLElement): number {
  return Number(row.dataset['index']);
}

function isPlaceholder(row: HTMLElement): boolean {
  return row.classList.contains('placeholder');
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
