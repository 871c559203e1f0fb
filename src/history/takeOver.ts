import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { JournalFolder } from '../journal/journalFolder';
import type { OpenRun } from './checkRuns';
import { holderText } from './texts/takeOver';

/**
 * Asks whether the processes that may be at some deletions have ended, with what is known of each, and takes the person's
 * word for it.
 *
 * @returns Whether the person said so.
 */
export async function takeOver(
  journal: Pick<JournalFolder, 'takeOverFrom'>,
  open: readonly OpenRun[],
): Promise<boolean> {
  const held = open.flatMap(({ run, holder }) => (holder === undefined ? [] : [{ run: run.run, holder }]));
  const detail = [
    ...held.map(({ run, holder }) => holderText(run, holder)),
    l10n.t(
      'If a VS Code window is still deleting these images, let it finish. If you take over, Hub Images lists the images and records which of them were deleted. It deletes nothing.',
    ),
  ].join('\n\n');
  const confirm = l10n.t('Take Over');
  const question = l10n.t('Take over from a window that may still be open?');
  const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, confirm);
  if (chosen !== confirm) {
    return false;
  }
  held.forEach(({ holder }) => {
    journal.takeOverFrom(holder.writer);
  });
  return true;
}
