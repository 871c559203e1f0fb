import * as vscode from 'vscode';
import type { Services } from './services';

/** Signs in to the Docker Hub of the settings. In the sandbox there is nothing to sign in to. */
export async function signIn({ connections }: Services): Promise<void> {
  if (connections.current?.kind === 'sandbox') {
    const leave = vscode.l10n.t('Leave the Sandbox');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('You are in the sandbox, which needs no account.'),
      leave,
    );
    if (answer !== leave) {
      return;
    }
    connections.stopSandbox();
  }
  await connections.signIn();
}
