import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CodeReference } from '../hub/codeReferences';
import { sanitizeLabel } from './sanitizeText';
import { showError } from './showError';

/** Opens the file beside the active editor, with the reference selected. If it cannot be opened, a message says so. */
export async function openReference({ file, line, column, length }: CodeReference): Promise<void> {
  const start = new vscode.Position(line - 1, column - 1);
  try {
    await vscode.window.showTextDocument(vscode.Uri.parse(file.uri, true), {
      selection: new vscode.Range(start, start.translate(0, length)),
      viewColumn: vscode.ViewColumn.Beside,
      preview: true,
    });
  } catch {
    await showError(
      l10n.t('{0} could not be opened. It may have been moved or deleted.', sanitizeLabel(file.path)),
    );
  }
}
