import * as vscode from 'vscode';

const scheme = 'hub-images';

/** Address of a row, by which the editor asks for its badge. It leads nowhere else. */
export function rowUri(server: string, id: string): vscode.Uri {
  return vscode.Uri.from({ scheme, authority: server, path: `/${id}` });
}

/** The row's id, where it is one of this server. */
export function rowIdOf(uri: vscode.Uri, server: string): string | undefined {
  return uri.scheme === scheme && uri.authority === server ? uri.path.slice(1) : undefined;
}
