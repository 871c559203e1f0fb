import * as vscode from 'vscode';
import { contextKeys } from '../contributions';
import { Disposable } from '../util/dispose';
import type { DocumentReferences } from './documentReferences';
import type { ImageLists } from './imageLists';

/** Whoever moves the cursor through a text is not followed step by step. */
const delayMs = 200;

/** Tells the editor whether the cursor is at a reference, so that commands for it are offered. Sends no request. */
export class ReferenceContext extends Disposable {
  readonly #references: DocumentReferences;
  readonly #lists: ImageLists;
  readonly #setContext: (key: string, value: unknown) => unknown;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOnReference = false;

  constructor(
    references: DocumentReferences,
    lists: ImageLists,
    setContext: (key: string, value: unknown) => unknown,
  ) {
    super();
    this.#references = references;
    this.#lists = lists;
    this.#setContext = setContext;
    const later = () => this.#updateLater();
    this.register(lists.onDidChange(later));
    this.register(vscode.window.onDidChangeActiveTextEditor(later));
    this.register(vscode.window.onDidChangeTextEditorSelection(later));
    later();
  }

  override dispose(): void {
    clearTimeout(this.#timer);
    super.dispose();
    this.#show(false);
  }

  #updateLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#update(), delayMs);
  }

  async #update(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const isOnReference = editor !== undefined && (await this.#isReferenceAt(editor));
    if (!this.isDisposed && editor === vscode.window.activeTextEditor) {
      this.#show(isOnReference);
    }
  }

  async #isReferenceAt({ document, selection }: vscode.TextEditor): Promise<boolean> {
    const namespaces = this.#lists.knownNamespaces;
    return (
      namespaces !== undefined &&
      (await this.#references.at(document, selection.active, namespaces)) !== undefined
    );
  }

  #show(isOnReference: boolean): void {
    if (isOnReference !== this.#isOnReference) {
      this.#isOnReference = isOnReference;
      this.#setContext(contextKeys.isOnReference, isOnReference);
    }
  }
}
