import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CodeReference } from '../hub/codeReferences';
import { rangeOf } from './referenceRange';
import { sanitizeLabel } from './sanitizeText';
import { showError } from './showError';

/**
 * Opens the file with the reference selected. If it cannot be opened, a message says so.
 *
 * @param tab Column of the tab that leads to it: the file is opened in the next one. `undefined` if that is not in view.
 */
export async function openReference(
  reference: CodeReference,
  tab: vscode.ViewColumn | undefined,
): Promise<void> {
  const { file } = reference;
  try {
    await vscode.window.showTextDocument(vscode.Uri.parse(file.uri, true), {
      selection: rangeOf(reference),
      viewColumn: tab === undefined ? vscode.ViewColumn.Active : nextColumn(tab),
      preview: true,
    });
  } catch {
    await showError(
      l10n.t('{0} could not be opened. It may have been moved or deleted.', sanitizeLabel(file.path)),
    );
  }
}

function nextColumn(column: vscode.ViewColumn): vscode.ViewColumn {
  const { Two, Three, Four, Five, Six, Seven, Eight, Nine } = vscode.ViewColumn;
  return [Two, Three, Four, Five, Six, Seven, Eight].find((one) => one > column) ?? Nine;
}
