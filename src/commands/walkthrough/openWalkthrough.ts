import * as vscode from 'vscode';
import { walkthroughId } from '../../contributions';

/** Opens the walkthrough of the extension in the editor area. */
export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthroughId, false);
}
