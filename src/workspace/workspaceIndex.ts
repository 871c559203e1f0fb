import * as vscode from 'vscode';
import type { FoundReferences } from '../hub/codeReferences';
import type { RepositoryRef } from '../hub/names';
import { Disposable } from '../util/dispose';

/** What the open folders and editors refer to. */
export class WorkspaceIndex extends Disposable {
  search(_repositories: readonly RepositoryRef[], signal: AbortSignal): Promise<FoundReferences> {
    signal.throwIfAborted();
    return Promise.resolve({
      named: new Map(),
      bare: new Map(),
      report: {
        folders: (vscode.workspace.workspaceFolders ?? []).map(({ name }) => name),
        files: 0,
        skipped: { tooLarge: 0, binary: 0, unreadable: 0, linked: 0 },
      },
    });
  }
}
