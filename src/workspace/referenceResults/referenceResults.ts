import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { hasSearched, type ReferenceSource } from '../../hub/codeReferences';
import { describeError } from '../../texts/errors';
import { Disposable } from '../../util/dispose';
import { AnchorDocuments } from './anchorDocuments';
import { type EditorView, findEditorView } from './editorView';
import { findLines, type FoundLines, summaryOf } from './foundLines';
import { pickLine } from './pickLine';
import { rowsOf } from './referenceRows';
import { SearchInput, type ShownRows } from './searchInput';
import type { ReferenceSubject } from './subject';

/** Searches for references and shows them. */
export class ReferenceResults extends Disposable {
  readonly #references: ReferenceSource;
  readonly #findView: () => Promise<EditorView | undefined>;
  readonly #anchors = this.register(new AnchorDocuments());
  readonly #ending = new AbortController();

  constructor(references: ReferenceSource, findView = findEditorView) {
    super();
    this.#references = references;
    this.#findView = findView;
  }

  /** @throws The workspace could not be searched, or the signal was aborted. */
  async show(subject: ReferenceSubject, signal: AbortSignal): Promise<void> {
    const lines = await findLines(this.#references, subject, signal);
    if (!hasSearched(lines.report)) {
      void vscode.window.showInformationMessage(
        l10n.t(
          'Nothing could be searched, because no folder or editor is open. Open a folder, then try again.',
        ),
      );
      return;
    }
    const view = await this.#findView();
    if (view === undefined || !(await this.#fill(view, subject, lines))) {
      void pickLine(summaryOf(subject, lines), rowsOf(lines)); // not awaited: it stays open as long as the user likes
    }
  }

  override dispose(): void {
    this.#ending.abort();
    super.dispose();
  }

  /** @returns Whether the view has taken it. */
  async #fill(view: EditorView, subject: ReferenceSubject, lines: FoundLines): Promise<boolean> {
    const again = () => this.#searchAgain(subject);
    const location = this.#anchors.locationOf(subject.name);
    const input = new SearchInput(subject.name, location, again, shownRows(subject, lines));
    try {
      await view.setInput(input);
      return true;
    } catch {
      return false;
    }
  }

  async #searchAgain(subject: ReferenceSubject): Promise<ShownRows> {
    try {
      return shownRows(subject, await findLines(this.#references, subject, this.#ending.signal));
    } catch (error) {
      return { files: [], message: l10n.t('The workspace could not be searched. {0}', describeError(error)) };
    }
  }
}

function shownRows(subject: ReferenceSubject, lines: FoundLines): ShownRows {
  return { files: rowsOf(lines), message: summaryOf(subject, lines) };
}
