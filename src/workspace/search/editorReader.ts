import * as vscode from 'vscode';
import type { EntryKind, FolderEntry, FolderReader, OpenFile } from '../../references/find/folderReader';

/** Reads a folder of any kind through the editor, as of a remote machine. It reads whole files only. */
export class EditorReader implements FolderReader {
  readonly #root: vscode.Uri;

  constructor(root: vscode.Uri) {
    this.#root = root;
  }

  async list(folder: string): Promise<readonly FolderEntry[]> {
    const entries = await vscode.workspace.fs.readDirectory(this.#uriOf(folder));
    return entries.map(([name, type]) => ({ name, kind: kindOf(type) }));
  }

  async kindOf(path: string): Promise<EntryKind | undefined> {
    try {
      const { type } = await vscode.workspace.fs.stat(this.#uriOf(path));
      return kindOf(type);
    } catch (error) {
      if (this.isGone(error)) return undefined;
      throw error;
    }
  }

  async open(file: string): Promise<OpenFile> {
    const uri = this.#uriOf(file);
    const { size } = await vscode.workspace.fs.stat(uri);
    return new EditorFile(uri, size);
  }

  isGone(error: unknown): boolean {
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
  }

  #uriOf(path: string): vscode.Uri {
    return path === '' ? this.#root : vscode.Uri.joinPath(this.#root, path);
  }
}

class EditorFile implements OpenFile {
  readonly knownSize: number;
  readonly #uri: vscode.Uri;
  #rest: Uint8Array | undefined;

  constructor(uri: vscode.Uri, size: number) {
    this.#uri = uri;
    this.knownSize = size;
  }

  size(): Promise<number> {
    return Promise.resolve(this.knownSize);
  }

  async read(target: Uint8Array): Promise<number> {
    const rest = this.#rest ?? (await vscode.workspace.fs.readFile(this.#uri));
    const piece = rest.subarray(0, target.length);
    target.set(piece);
    this.#rest = rest.subarray(piece.length);
    return piece.length;
  }

  close(): Promise<void> {
    this.#rest = undefined;
    return Promise.resolve();
  }
}

function kindOf(type: vscode.FileType): EntryKind {
  const isLink = (type & vscode.FileType.SymbolicLink) !== 0;
  if ((type & vscode.FileType.Directory) !== 0) return isLink ? 'folderLink' : 'folder';
  return (type & vscode.FileType.File) !== 0 ? 'file' : 'other';
}
