import * as vscode from 'vscode';
import type { JournalFolder } from '../journal/journalFolder';
import { Disposable } from '../util/dispose';
import { historyText } from './documents/historyText';

export const historyScheme = 'hub-images-history';
const uri = vscode.Uri.from({ scheme: historyScheme, path: '/Deletion history.txt' });

/** Where the text comes from. */
export interface HistorySource {
  /** Path of the journal's folder. */
  readonly folder: string;
  readonly now: () => Date;
  journalFolder(): Promise<JournalFolder>;
}

/** Shows the history as a read-only text document. */
export class HistoryDocument extends Disposable implements vscode.TextDocumentContentProvider {
  readonly #source: HistorySource;
  readonly #changed = this.register(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;

  constructor(source: HistorySource) {
    super();
    this.#source = source;
    this.register(vscode.workspace.registerTextDocumentContentProvider(historyScheme, this));
  }

  async provideTextDocumentContent(): Promise<string> {
    const { folder, now } = this.#source;
    const { history } = await this.#source.journalFolder();
    return historyText(history.runs(), { folder, now: now() });
  }

  async show(): Promise<void> {
    this.#changed.fire(uri); // one that is open shows what has been added since
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }
}
