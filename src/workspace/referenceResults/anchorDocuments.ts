import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Disposable } from '../../util/dispose';

/** Of documents that only name a search. They are not searched themselves. */
export const anchorScheme = 'hub-images-references';

/**
 * Documents for searches in the editor's view of references. The view wants each search to begin at a word of a document, names it
 * in its history after the word, and opens the document from there.
 */
export class AnchorDocuments extends Disposable implements vscode.TextDocumentContentProvider {
  constructor() {
    super();
    this.register(vscode.workspace.registerTextDocumentContentProvider(anchorScheme, this));
  }

  /** The name is in quotes and has no spaces: otherwise, the view takes only the first word of it. */
  provideTextDocumentContent({ query }: vscode.Uri): string {
    return `"${query}"\n\n${l10n.t('To search for its references again, select Refresh in the References view.')}\n`;
  }

  locationOf(name: string): vscode.Location {
    const query = name.replaceAll(' ', '_');
    const uri = vscode.Uri.from({ scheme: anchorScheme, path: '/Hub Images', query });
    return new vscode.Location(uri, new vscode.Position(0, 0));
  }
}
