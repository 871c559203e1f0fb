import { homedir } from 'node:os';
import { sep } from 'node:path';
import * as vscode from 'vscode';
import type { OpenText, TabFile } from '../../references/index/openCode';
import { readCurrentText } from './currentText';
import { openDocuments } from './openDocuments';
import { placeOf } from './openFolders';

/** The texts that are open and may be code, whether or not their files are excluded. */
export function openTexts(): readonly OpenText[] {
  return openDocuments()
    .filter(({ uri }) => isCodeOfPerson(uri))
    .map(openText);
}

/** Whether a text may be code that a person edits: not the output of a command, or an old version in a comparison. */
export function isCodeOfPerson(uri: vscode.Uri): boolean {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return ['file', 'untitled', ...folders.map((folder) => folder.uri.scheme)].includes(uri.scheme);
}

function openText(document: vscode.TextDocument): OpenText {
  const { uri, version } = document;
  return { ...tabFile(uri), version, read: () => document.getText() };
}

/** Says where a file in a tab is, and reads what is beside it. */
export function tabFile(uri: vscode.Uri): TabFile {
  const place = placeOf(uri);
  const shown = place === undefined ? fullPath(uri) : vscode.workspace.asRelativePath(uri);
  return {
    file: { uri: uri.toString(), path: shown },
    folder: place?.folder,
    path: place?.path ?? shown,
    readSibling: (name) => readSibling(uri, name),
  };
}

/** The home folder is not named: the path is recorded with a deletion. */
function fullPath({ scheme, fsPath, path }: vscode.Uri): string {
  if (scheme !== 'file') {
    return path;
  }
  const home = homedir();
  const shown = fsPath.startsWith(`${home}${sep}`) ? `~${fsPath.slice(home.length)}` : fsPath;
  return shown.replaceAll(sep, '/');
}

/** A text that was never saved has none. */
function readSibling(uri: vscode.Uri, name: string): Promise<string | undefined> {
  return uri.scheme === 'untitled'
    ? Promise.resolve(undefined)
    : readCurrentText(vscode.Uri.joinPath(uri, '..', name));
}
