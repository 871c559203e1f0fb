import * as vscode from 'vscode';
import { DiskReader } from '../../references/find/diskReader';
import { excludedPaths } from '../../references/find/excludedPaths';
import type { FolderReader } from '../../references/find/folderReader';
import type { CodeFolder } from '../../references/index/openCode';
import { EditorReader } from './editorReader';

/** Settings that decide which files of a folder are searched. */
export const excludingSettings = ['files.exclude', 'search.exclude', 'search.useIgnoreFiles'] as const;

/** The folders that are open. */
export function openFolders(): readonly CodeFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).map((folder, _, folders) => ({
    key: folder.uri.toString(),
    name: folder.name,
    reader: readerOf(folder.uri),
    rules: rulesOf(folder.uri),
    isApart: isApartFrom(folder, folders),
    fileOf: (path) => ({
      uri: vscode.Uri.joinPath(folder.uri, path).toString(),
      path: folders.length > 1 ? `${folder.name}/${path}` : path,
    }),
  }));
}

/** Reads a folder in the fastest way. */
export function readerOf(folder: vscode.Uri): FolderReader {
  return folder.scheme === 'file' ? new DiskReader(folder.fsPath) : new EditorReader(folder);
}

/** Where a file is; `undefined` outside of all open folders. The path is empty for such a folder itself. */
export function placeOf(uri: vscode.Uri): { readonly folder: string; readonly path: string } | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return undefined;
  const isFolder = folder.uri.toString() === uri.toString();
  return {
    folder: folder.uri.toString(),
    path: isFolder ? '' : vscode.workspace.asRelativePath(uri, false),
  };
}

function rulesOf(folder: vscode.Uri): CodeFolder['rules'] {
  const [files, search] = ['files', 'search'].map((section) =>
    vscode.workspace.getConfiguration(section, folder),
  );
  return {
    isExcluded: excludedPaths(files?.get('exclude'), search?.get('exclude')),
    usesIgnoreFiles: search?.get('useIgnoreFiles') !== false,
  };
}

/** A folder that is open by itself, too, is searched by itself. */
function isApartFrom(
  { uri }: vscode.WorkspaceFolder,
  folders: readonly vscode.WorkspaceFolder[],
): (path: string) => boolean {
  const others = new Set(folders.map((folder) => folder.uri.toString()));
  return others.size === 1 ? () => false : (path) => others.has(vscode.Uri.joinPath(uri, path).toString());
}
