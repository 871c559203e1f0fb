import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { treeViewId } from '../../contributions';
import type { Services } from '../../interaction/services';

/** Starts the sandbox and shows it in the tree. */
export async function startSandbox({ connections }: Services): Promise<void> {
  await vscode.window.withProgress(
    { location: { viewId: treeViewId }, title: l10n.t('Starting the sandbox') },
    () => connections.startSandbox(),
  );
  await vscode.commands.executeCommand(`${treeViewId}.focus`);
}
