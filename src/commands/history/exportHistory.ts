import * as l10n from '@vscode/l10n';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { ExportFormat } from '../../history/documents/exportFormats';
import type { Services } from '../../interaction/services';
import { showSlowProgress } from '../../interaction/slowProgress';
import { numberText } from '../../texts/formats';
import { pickOne } from '../../util/quickInput';

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ExportFormat;
}

/** Exports the history of all deletions to a file that the user chooses. */
export async function exportHistory({ history, now }: Services): Promise<void> {
  const chosen = await pickOne(formatItems(), {
    title: l10n.t('Export Deletion History'),
    placeHolder: l10n.t('Select a format'),
  });
  if (chosen === undefined) {
    return;
  }
  const name = `hub-images-deletions-${now().toISOString().slice(0, 10)}.${chosen.format}`;
  const file = await vscode.window.showSaveDialog({
    title: l10n.t('Export Deletion History'),
    defaultUri: vscode.Uri.joinPath(vscode.Uri.file(homedir()), name),
    filters: { [chosen.label]: [chosen.format] },
  });
  if (file === undefined) {
    return;
  }
  const count = await showSlowProgress(
    async () => {
      const { exportRuns } = await import('../../history/exportRuns');
      return exportRuns(history, chosen.format, file);
    },
    (run) => {
      const title = l10n.t('Exporting the deletion history');
      void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, run);
    },
  );
  void offerToOpen(file, count);
}

function formatItems(): readonly FormatItem[] {
  return [
    { format: 'json', label: 'JSON', detail: l10n.t('All details, for programs') },
    { format: 'csv', label: 'CSV', detail: l10n.t('One row per image, for spreadsheets') },
    { format: 'md', label: 'Markdown', detail: l10n.t('A document to read and share') },
  ];
}

async function offerToOpen(file: vscode.Uri, count: number): Promise<void> {
  const open = l10n.t('Open');
  const text =
    count === 1
      ? l10n.t('1 deletion was exported to {0}.', file.fsPath)
      : l10n.t('{0} deletions were exported to {1}.', numberText(count), file.fsPath);
  if ((await vscode.window.showInformationMessage(text, open)) === open) {
    await vscode.window.showTextDocument(file);
  }
}
