import * as vscode from 'vscode';
import { Disposable, disposeAll, MutableDisposable, type IDisposable } from '../../util/dispose';

export interface FileListener {
  /** A file or folder was created, changed, or deleted. */
  readonly onFile: (uri: vscode.Uri) => void;
  /** Other folders are open. */
  readonly onFolders: () => void;
}

/** Watches the files of the open folders. What the editor does itself is reported before the file system reports it. */
export function watchFiles(listener: FileListener): IDisposable {
  return new FileWatch(listener);
}

class FileWatch extends Disposable {
  readonly #listener: FileListener;
  readonly #watchers = this.register(new MutableDisposable<IDisposable>());

  constructor(listener: FileListener) {
    super();
    this.#listener = listener;
    const { workspace } = vscode;
    const report = (uris: readonly vscode.Uri[]) => uris.forEach(listener.onFile);
    this.register(workspace.onDidSaveTextDocument(({ uri }) => report([uri])));
    this.register(workspace.onDidCreateFiles(({ files }) => report(files)));
    this.register(workspace.onDidDeleteFiles(({ files }) => report(files)));
    this.register(
      workspace.onDidRenameFiles(({ files }) =>
        report(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri])),
      ),
    );
    this.register(
      workspace.onDidChangeWorkspaceFolders(() => {
        this.#watchFolders();
        listener.onFolders();
      }),
    );
    this.#watchFolders();
  }

  #watchFolders(): void {
    const watchers = (vscode.workspace.workspaceFolders ?? []).flatMap((folder) => this.#watch(folder));
    this.#watchers.value = { dispose: () => disposeAll(watchers) };
  }

  #watch(folder: vscode.WorkspaceFolder): readonly IDisposable[] {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**'));
    const { onFile } = this.#listener;
    return [watcher, watcher.onDidCreate(onFile), watcher.onDidChange(onFile), watcher.onDidDelete(onFile)];
  }
}
