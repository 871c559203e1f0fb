import * as vscode from 'vscode';
import { Disposable } from '../util/dispose';
import type { DeletionHistory } from './deletionHistory';
import { historyText } from './documents/historyText';

export const historyScheme = 'hub-images-history';
const uri = vscode.Uri.from({ scheme: historyScheme, path: '/Deletion history.txt' });

/** Shows the history as a read-only text document. */
export class HistoryDocument extends Disposable implements vscode.TextDocumentContentProvider {
  readonly #source: Pick<DeletionHistory, 'evidence' | 'folder' | 'now'>;
  readonly #changed = this.register(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;

  constructor(source: Pick<DeletionHistory, 'evidence' | 'folder' | 'now'>) {
    super();
    this.#source = source;
    this.register(vscode.workspace.registerTextDocumentContentProvider(historyScheme, this));
  }

  async provideTextDocumentContent(): Promise<string> {
    const { folder, now } = this.#source;
    const { history } = await this.#source.evidence();
    return historyText(history.runs(), { folder, now: now() });
  }

  async show(): Promise<void> {
    this.#changed.fire(uri); // one that is open shows what has been added since
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }
}
