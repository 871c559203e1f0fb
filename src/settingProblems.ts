import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { extensionName } from './contributions';
import type { WrittenSettings } from './settingChecks';
import type { HiddenMessages } from './util/hiddenMessages';
import type { ErrorAction } from './util/showError';

/**
 * Says once what is wrong with the settings, as soon as the window has time for it and whenever they change. The user may
 * hide that: nothing that is wrong makes a deletion less safe, and invalid patterns are named whenever one is planned.
 */
export function reportSettingProblems(settings: WrittenSettings, hidden: HiddenMessages): vscode.Disposable {
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
    const message = { id: 'settings', content: text } as const;
    if (text !== '' && text !== reported && !hidden.isHidden(message)) {
      void showProblem(text, hidden.hideAction(message));
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
    hidden.onDidShowAll(() => {
      reported = '';
      void report();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(extensionName)) {
        void report();
      }
    }),
  );
}

async function showProblem(text: string, hide: ErrorAction): Promise<void> {
  const openSettings = l10n.t('Open Settings');
  const answer = await vscode.window.showWarningMessage(text, openSettings, hide.title);
  if (answer === openSettings) {
    await vscode.commands.executeCommand('workbench.action.openSettings', extensionName);
  } else if (answer === hide.title) {
    await hide.run();
  }
}
