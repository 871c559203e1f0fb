import * as vscode from 'vscode';

const scheme = 'hub-images';

/** The address of a row, with which the editor requests its badge. It cannot be opened. */
export function rowUri(server: string, id: string): vscode.Uri {
  return vscode.Uri.from({ scheme, authority: server, path: `/${id}` });
}

/** @returns The id of the row; `undefined` for an address of another server or kind. */
export function rowIdOf(uri: vscode.Uri, server: string): string | undefined {
  return uri.scheme === scheme && uri.authority === server ? uri.path.slice(1) : undefined;
}
