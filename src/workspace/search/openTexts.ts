import { homedir } from 'node:os';
import { sep } from 'node:path';
import * as vscode from 'vscode';
import { readText } from '../../references/find/readText';
import type { OpenText, TabFile } from '../../references/index/openCode';
import { placeOf, readerOf } from './openFolders';

/** The texts that are open and may be code, whether or not their files are excluded. */
export function openTexts(): readonly OpenText[] {
  const inTabs = new Set(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(addressesIn)));
  // the editor keeps texts for a while after they were closed, and those that extensions read
  const isOpen = ({ uri, isDirty }: vscode.TextDocument) => isDirty || inTabs.has(uri.toString());
  return vscode.workspace.textDocuments
    .filter((document) => !document.isClosed && isCodeOfPerson(document.uri) && isOpen(document))
    .map(openText);
}

/** Addresses of the texts in a tab. */
export function addressesIn({ input }: vscode.Tab): readonly string[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.original.toString(), input.modified.toString()];
  const hasText = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  return hasText ? [input.uri.toString()] : [];
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

/** One that is open may not be saved. A text that was never saved has none. */
function readSibling(uri: vscode.Uri, name: string): Promise<string | undefined> {
  if (uri.scheme === 'untitled') return Promise.resolve(undefined);
  const folder = vscode.Uri.joinPath(uri, '..');
  const address = vscode.Uri.joinPath(folder, name).toString();
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === address);
  return open === undefined ? readText(readerOf(folder), name) : Promise.resolve(open.getText());
}
