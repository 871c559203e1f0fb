import * as vscode from 'vscode';

/** The part of the interface of the editor's built-in view of references that is used here. */
export interface EditorView {
  readonly setInput: <T>(input: ViewInput<T>) => unknown;
}

/** What fills the view. It can be resolved again, which searches again. */
export interface ViewInput<T> {
  /** Value of the context key `reference-list.source`. */
  readonly contextValue: string;
  readonly title: string;
  /** The view names the search in its history after the word that is there; without a word, it shows nothing. */
  readonly location: vscode.Location;
  readonly resolve: () => Promise<ViewModel<T>>;
  readonly with: (location: vscode.Location) => ViewInput<T>;
}

/** The rows of the view, and what it can do with them. */
export interface ViewModel<T> {
  readonly provider: vscode.TreeDataProvider<T>;
  /** Stands above the rows. */
  readonly message: string;
  /** For the commands that go from row to row. */
  readonly navigation: {
    readonly nearest: (uri: vscode.Uri, position: vscode.Position) => T | undefined;
    readonly next: (from: T) => T;
    readonly previous: (from: T) => T;
    readonly location: (row: T) => vscode.Location | undefined;
  };
  readonly highlights: {
    readonly getEditorHighlights: (row: T, uri: vscode.Uri) => vscode.Range[] | undefined;
  };
  readonly dnd: { readonly getDragUri: (row: T) => vscode.Uri };
}

const extensionId = 'vscode.references-view';

/**
 * The view of references that is built into the editor.
 *
 * @returns Undefined if it is disabled, runs on another machine, or is not what it was.
 */
export async function findEditorView(): Promise<EditorView | undefined> {
  try {
    const api: unknown = await vscode.extensions.getExtension<unknown>(extensionId)?.activate();
    return isEditorView(api) ? api : undefined;
  } catch {
    return undefined;
  }
}

function isEditorView(api: unknown): api is EditorView {
  return typeof api === 'object' && api !== null && 'setInput' in api && typeof api.setInput === 'function';
}
