import * as vscode from 'vscode';
import { extensionName } from './contributions';
import type { Settings } from './settings';

/** Says once what is wrong with the settings, as soon as the window has time for it and whenever they change. */
export function reportSettingProblems(settings: Settings): vscode.Disposable {
  let reported = '';
  const report = (): void => {
    const problems = settings.problems();
    const text = problems.map(({ message }) => message).join(' ');
    if (text !== '' && text !== reported) {
      void showProblem(text);
    }
    reported = text;
  };
  const first = setImmediate(report); // each setting is asked for, which takes the editor some milliseconds
  return vscode.Disposable.from(
    { dispose: () => clearImmediate(first) },
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(extensionName)) {
        report();
      }
    }),
  );
}

async function showProblem(text: string): Promise<void> {
  const openSettings = vscode.l10n.t('Open Settings');
  if ((await vscode.window.showWarningMessage(text, openSettings)) === openSettings) {
    await vscode.commands.executeCommand('workbench.action.openSettings', extensionName);
  }
}
