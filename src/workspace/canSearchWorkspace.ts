import * as vscode from 'vscode';

/** Whether a folder or a text editor is open, in which references to images can be searched for. */
export function canSearchWorkspace(): boolean {
  const { workspaceFolders = [] } = vscode.workspace;
  return workspaceFolders.length > 0 || vscode.window.visibleTextEditors.length > 0;
}
