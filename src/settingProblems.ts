import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { extensionName } from './contributions';
import type { Settings } from './settings';

/** Says once what is wrong with the settings, as soon as the window has time for it and whenever they change. */
export function reportSettingProblems(settings: Settings): vscode.Disposable {
  let reported = '';
  let isDisposed = false;
  const report = async (): Promise<void> => {
    const { settingProblems } = await import('./settingChecks'); // not read before the window has time for it
    if (isDisposed) {
      return;
    }
    const text = settingProblems(settings)
      .map(({ message }) => message)
      .join(' ');
    if (text !== '' && text !== reported) {
      void showProblem(text);
    }
    reported = text;
  };
  const first = setImmediate(() => void report()); // each setting is asked for, which takes the editor some milliseconds
  return vscode.Disposable.from(
    {
      dispose: () => {
        isDisposed = true;
        clearImmediate(first);
      },
    },
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(extensionName)) {
        void report();
      }
    }),
  );
}

async function showProblem(text: string): Promise<void> {
  const openSettings = l10n.t('Open Settings');
  if ((await vscode.window.showWarningMessage(text, openSettings)) === openSettings) {
    await vscode.commands.executeCommand('workbench.action.openSettings', extensionName);
  }
}
