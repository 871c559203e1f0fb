import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunsCheck } from '../../history/checkRuns';
import { readWithProgress } from '../../interaction/progress';
import type { Services } from '../../interaction/services';

/** Checks the outcomes of deletions that are not confirmed yet. It only lists images, and deletes nothing. */
export async function checkHistory({ history }: Services): Promise<void> {
  const checked = await readWithProgress(l10n.t('Checking unconfirmed deletions'), async (signal, report) => {
    const found = await history.check(signal, report);
    return signal.aborted ? undefined : found;
  });
  if (checked !== undefined) {
    void showResult(checked, history);
  }
}

async function showResult(checked: RunsCheck, history: Services['history']): Promise<void> {
  const { checkText } = await import('../../history/texts/runs');
  const { settled, open } = checked;
  const showHistory = l10n.t('Show Deletion History');
  const actions = settled.length + open.length > 0 ? [showHistory] : [];
  const show = open.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  if ((await show(checkText(checked, new Date()), ...actions)) === showHistory) {
    await history.show();
  }
}
