import * as vscode from 'vscode';
import { DEMO_API } from '../demoApi';

/**
 * Shows a newcomer the sandbox, and the walkthrough beside it: only `npm start` adds this extension, so the one that ships
 * needs no switch for it.
 */
export async function activate(): Promise<void> {
  await vscode.commands.executeCommand('workbench.view.extension.hubImages');
  await vscode.commands.executeCommand('hubImages.walkthrough.open');
  await vscode.commands.executeCommand('hubImages.sandbox.start', {
    api: process.env[DEMO_API] ?? 'registry',
  });
}
