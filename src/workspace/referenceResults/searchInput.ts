import type * as vscode from 'vscode';
import type { ViewInput, ViewModel } from './editorView';
import { locationOf, nearestTo, neighborOf, type Row, type FileRow } from './referenceRows';
import { rowItem } from './rowItem';

/** The rows, and what is said above them. */
export interface ShownRows {
  readonly files: readonly FileRow[];
  readonly message: string;
}

/** A search in the editor's view of references. Whoever refreshes the view searches again. */
export class SearchInput implements ViewInput<Row> {
  readonly contextValue = 'hubImages.references';
  readonly title: string;
  readonly location: vscode.Location;
  readonly #name: string;
  readonly #search: () => Promise<ShownRows>;
  /** Shown without another search, the first time. */
  #first: ShownRows | undefined;

  /**
   * @param name Of what is referred to.
   * @param search Is never rejected.
   */
  constructor(name: string, location: vscode.Location, search: () => Promise<ShownRows>, first?: ShownRows) {
    this.title = name; // the view has its own before it
    this.location = location;
    this.#name = name;
    this.#search = search;
    this.#first = first;
  }

  async resolve(): Promise<ViewModel<Row>> {
    const first = this.#first;
    this.#first = undefined;
    return modelOf(first ?? (await this.#search()));
  }

  with(location: vscode.Location): SearchInput {
    return new SearchInput(this.#name, location, this.#search);
  }
}

function modelOf({ files, message }: ShownRows): ViewModel<Row> {
  return {
    message,
    provider: {
      getTreeItem: rowItem,
      getChildren: (row?: Row) => [
        ...(row === undefined ? files : row.kind === 'file' ? row.references : []),
      ],
      getParent: (row) => (row.kind === 'file' ? undefined : row.file),
    },
    navigation: {
      nearest: (uri, position) => nearestTo(files, uri, position),
      next: (row) => neighborOf(files, row, 1),
      previous: (row) => neighborOf(files, row, -1),
      location: locationOf,
    },
    highlights: {
      getEditorHighlights: (_row, uri) =>
        files
          .find((file) => file.uri.toString() === uri.toString())
          ?.references.map((row) => locationOf(row).range),
    },
    dnd: { getDragUri: (row) => (row.kind === 'file' ? row : row.file).uri },
  };
}
