import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { numberText } from '../texts/formats';
import { sanitizeLabel } from '../util/sanitizeText';

/** How long the status bar shows the message. */
const messageMs = 3000;

/** Copies the lines and says so in the status bar. Without a line it does nothing. */
export async function copyLines(lines: readonly string[]): Promise<void> {
  const [first] = lines;
  if (first === undefined) {
    return;
  }
  await vscode.env.clipboard.writeText(lines.join('\n'));
  const message =
    lines.length === 1
      ? l10n.t('Copied {0}', sanitizeLabel(first))
      : l10n.t('Copied {0} lines', numberText(lines.length));
  vscode.window.setStatusBarMessage(message, messageMs);
}
