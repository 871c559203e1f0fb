import * as vscode from 'vscode';
import { extensionName } from '../contributions';
import { Protection } from '../hub/deletion/protection';
import type { Services } from '../interaction/services';

/** The protection that the settings state at this moment: everything, if it is not known what they protect. */
export function protectionInForce({ protect }: Pick<Services['settings'], 'protect'>): Protection {
  return protect.kind === 'valid' ? new Protection(protect.patterns) : Protection.everything;
}

/** Calls the listener whenever the setting has changed. */
export function onDidChangeProtection(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${extensionName}.protect`)) {
      listener();
    }
  });
}
