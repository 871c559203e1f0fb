import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CodeReference } from '../hub/codeReferences';
import { sanitizeLabel } from '../util/sanitizeText';
import { showError } from '../util/showError';

/**
 * Opens the file with the reference selected. If it cannot be opened, a message says so.
 *
 * @param tab Column of the tab that leads to it: the file is opened in the next one. `undefined` if that is not in view.
 */
export async function openReference(
  { file, line, column, length }: CodeReference,
  tab: vscode.ViewColumn | undefined,
): Promise<void> {
  const start = new vscode.Position(line - 1, column - 1);
  try {
    await vscode.window.showTextDocument(vscode.Uri.parse(file.uri, true), {
      selection: new vscode.Range(start, start.translate(0, length)),
      viewColumn: tab === undefined ? vscode.ViewColumn.Active : Math.min(tab + 1, vscode.ViewColumn.Nine),
      preview: true,
    });
  } catch {
    await showError(
      l10n.t('{0} could not be opened. It may have been moved or deleted.', sanitizeLabel(file.path)),
    );
  }
}
