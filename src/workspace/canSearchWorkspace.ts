import * as vscode from 'vscode';

/** Of texts that a person writes, whether or not a folder is open. */
const schemes: readonly string[] = ['file', 'untitled'];

/** Whether a folder or a text is open in which references to images can be searched for. */
export function canSearchWorkspace(): boolean {
  const { workspaceFolders = [], textDocuments } = vscode.workspace;
  return workspaceFolders.length > 0 || textDocuments.some(({ uri }) => schemes.includes(uri.scheme));
}
