import * as vscode from 'vscode';
import { inertLabel } from '../util/inertText';

/** Shown this long in the status bar. */
const messageMs = 3000;

/** Copies the lines and says so; without a line it leaves the clipboard as it is. */
export async function copyLines(lines: readonly string[]): Promise<void> {
  const [first] = lines;
  if (first === undefined) {
    return;
  }
  await vscode.env.clipboard.writeText(lines.join('\n'));
  const message =
    lines.length === 1
      ? vscode.l10n.t('Copied {0}', inertLabel(first))
      : vscode.l10n.t('Copied {0} lines', lines.length);
  vscode.window.setStatusBarMessage(message, messageMs);
}
