import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Services } from '../../interaction/services';

/**
 * Asks whether to leave the sandbox, which needs no account. Where it is not in use, there is no question.
 *
 * @returns Whether the sandbox is not in use now.
 */
export async function leaveSandbox({ connections }: Services): Promise<boolean> {
  if (connections.current?.kind !== 'sandbox') {
    return true;
  }
  const leave = l10n.t('Leave the Sandbox');
  const answer = await vscode.window.showInformationMessage(
    l10n.t('You are using the sandbox, which needs no account.'),
    leave,
  );
  if (answer !== leave) {
    return false;
  }
  connections.stopSandbox();
  return true;
}
