import * as vscode from 'vscode';
import type { UnloadedFile } from '../../references/index/openCode';
import { readerOf } from './openFolders';
import { isCodeOfPerson, tabFile } from './openTexts';

/** The files in tabs that were restored with the window and never shown since: there is no text for them. */
export function unloadedFiles(): readonly UnloadedFile[] {
  const loaded = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
  const uris = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(fileIn));
  const files = new Map(uris.map((uri) => [uri.toString(), uri]));
  return [...files]
    .filter(([address, uri]) => !loaded.has(address) && uri.scheme !== 'untitled' && isCodeOfPerson(uri))
    .map(([, uri]) => unloadedFile(uri));
}

/** Of a comparison, it is the side that a person edits. */
function fileIn({ input }: vscode.Tab): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.modified];
  return input instanceof vscode.TabInputText ? [input.uri] : [];
}

function unloadedFile(uri: vscode.Uri): UnloadedFile {
  return {
    ...tabFile(uri),
    reader: readerOf(vscode.Uri.joinPath(uri, '..')),
    name: uri.path.slice(uri.path.lastIndexOf('/') + 1),
  };
}
