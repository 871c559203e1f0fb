import { type CodeReference, placeName } from '../hub/codeReferences';
import { type Place, placesLimit } from './protocol';

/** The lines that the webview was sent, so that it can only open these. */
export class Places {
  readonly #references: CodeReference[] = [];
  /** By file, line and column. */
  readonly #ids = new Map<string, number>();

  get(id: number): CodeReference | undefined {
    return this.#references[id];
  }

  /** @returns The first of the lines, as the webview shows them, and how many more there are. */
  list<Line>(
    lines: readonly Line[],
    referenceIn: (line: Line) => CodeReference,
    detailOf: (line: Line) => string,
  ): { readonly places: Place[]; readonly morePlaces: number } {
    const places = lines.slice(0, placesLimit).map((line): Place => {
      const reference = referenceIn(line);
      return { id: this.#idOf(reference), name: placeName(reference), detail: detailOf(line) };
    });
    return { places, morePlaces: lines.length - places.length };
  }

  #idOf(reference: CodeReference): number {
    const { file, line, column } = reference;
    const key = JSON.stringify([file.uri, line, column]);
    const id = this.#ids.get(key) ?? this.#references.length;
    this.#ids.set(key, id);
    this.#references[id] = reference;
    return id;
  }
}
