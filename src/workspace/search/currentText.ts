import * as vscode from 'vscode';
import { readText } from '../../references/find/readText';
import { openDocuments } from './openDocuments';
import { readerOf } from './openFolders';

/**
 * Reads a text as a person sees it: from the editor if it is open there, saved or not, and from the file otherwise.
 *
 * @returns `undefined` if there is no such file, or if it cannot be read.
 */
export function readCurrentText(uri: vscode.Uri): Promise<string | undefined> {
  const address = uri.toString();
  const open = openDocuments().find((document) => document.uri.toString() === address);
  if (open !== undefined) return Promise.resolve(open.getText());
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return readText(readerOf(vscode.Uri.joinPath(uri, '..')), name);
}
