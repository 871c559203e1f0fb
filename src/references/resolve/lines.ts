const lineEndPattern = /\r\n|\r|\n/g;

/** Lines of a text, as editors count them. */
export class Lines {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    this.#starts = [
      0,
      ...Array.from(text.matchAll(lineEndPattern), ({ index, 0: end }) => index + end.length),
    ];
    this.#length = text.length;
  }

  /** Line and column of an offset, both from 1; columns in UTF-16 code units. */
  positionAt(offset: number): { readonly line: number; readonly column: number } {
    const index = this.#indexAt(offset);
    return { line: index + 1, column: offset - (this.#starts[index] ?? 0) + 1 };
  }

  /** Offset of a position that is counted from 0. */
  offsetAt({ line, character }: { readonly line: number; readonly character: number }): number {
    return (this.#starts[line] ?? this.#length) + character;
  }

  /** Offsets of the line around an offset, with its line end. */
  rangeAt(offset: number): readonly [start: number, end: number] {
    const index = this.#indexAt(offset);
    return [this.#starts[index] ?? 0, this.#starts[index + 1] ?? this.#length];
  }

  /** As {@link rangeAt}, with the lines that continue one another with a backslash at their end. */
  continuedAt(text: string, offset: number): readonly [start: number, end: number] {
    let first = this.#indexAt(offset);
    let last = first;
    while (first > 0 && this.#isContinued(text, first - 1)) first--;
    while (last < this.#starts.length - 1 && this.#isContinued(text, last)) last++;
    return [this.#starts[first] ?? 0, this.#starts[last + 1] ?? this.#length];
  }

  #isContinued(text: string, index: number): boolean {
    const end = this.#starts[index + 1] ?? this.#length;
    return /\\[ \t]?[\r\n]{1,2}$/.test(text.slice(Math.max(0, end - 4), end));
  }

  #indexAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
