import * as vscode from 'vscode';

/** Shows a newcomer the sandbox: only `npm start` adds this extension, so the one that ships needs no switch for it. */
export async function activate(): Promise<void> {
  await vscode.commands.executeCommand('workbench.view.extension.hubImages');
  await vscode.commands.executeCommand('hubImages.sandbox.start');
}
