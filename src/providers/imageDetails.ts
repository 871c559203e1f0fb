import * as vscode from 'vscode';
import { formatRepository } from '../hub/names';
import { Disposable } from '../util/dispose';
import type { ImageSubject } from './texts/imageDetails';

const scheme = 'hub-images-details';

/** Shows images as read-only text documents. */
export class ImageDetails extends Disposable implements vscode.TextDocumentContentProvider {
  readonly #now: () => Date;
  readonly #texts = new Map<string, string>();
  readonly #changed = this.register(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;

  constructor(now: () => Date) {
    super();
    this.#now = now;
    this.register(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this.register(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#texts.delete(uri.toString());
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#texts.get(uri.toString());
  }

  async show(subject: ImageSubject): Promise<void> {
    const { imageDetailsText } = await import('./texts/imageDetails');
    const { repository, image } = subject;
    const path = `/${formatRepository(repository)}@${image.digest.replace(':', '-')}.txt`;
    const uri = vscode.Uri.from({ scheme, path });
    this.#texts.set(uri.toString(), imageDetailsText(subject, this.#now()));
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }
}
