import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunsCheck } from '../../history/checkRuns';
import { readWithProgress } from '../../interaction/progress';
import type { Services } from '../../interaction/services';

/** Checks the outcomes of deletions that are not confirmed yet. It only lists images, and deletes nothing. */
export async function checkHistory(services: Services): Promise<void> {
  const { history } = services;
  const checked = await readWithProgress(l10n.t('Checking unconfirmed deletions'), async (signal, report) => {
    const found = await history.check(signal, report);
    return signal.aborted ? undefined : found;
  });
  if (checked !== undefined) {
    void showResult(checked, services);
  }
}

async function showResult(checked: RunsCheck, services: Services): Promise<void> {
  const { history } = services;
  const { checkText } = await import('../../history/texts/runs');
  const { settled, open, unreadable } = checked;
  const showHistory = l10n.t('Show Deletion History');
  const takeOver = l10n.t('Take Over…');
  const actions = [
    ...(open.some(({ holder }) => holder !== undefined) ? [takeOver] : []),
    ...(settled.length + open.length + unreadable.length > 0 ? [showHistory] : []),
  ];
  const isOpen = open.length + unreadable.length > 0;
  const show = isOpen ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const chosen = await show(checkText(checked, new Date()), ...actions);
  if (chosen === showHistory) {
    await history.show();
  } else if (chosen === takeOver && (await history.takeOver(open))) {
    await checkHistory(services);
  }
}
