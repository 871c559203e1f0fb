import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Services } from '../../interaction/services';

/** Shows the notifications again for which the user chose "Don't Show Again". */
export async function resetNotifications({ hiddenMessages }: Services): Promise<void> {
  await hiddenMessages.showAll();
  void vscode.window.showInformationMessage(l10n.t('Hidden notifications will be shown again.'));
}
