import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { ExportFormat } from '../../history/documents/exportFormats';
import type { Services } from '../../interaction/services';
import { showSlowProgress } from '../../interaction/slowProgress';
import { pickOne } from '../../util/quickInput';

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ExportFormat;
}

/** Exports the history of all deletions to a file that the user chooses. */
export async function exportHistory({ history, now }: Services): Promise<void> {
  const { t } = vscode.l10n;
  const chosen = await pickOne(formatItems(), {
    title: t('Export Deletion History'),
    placeHolder: t('Format'),
  });
  if (chosen === undefined) {
    return;
  }
  const name = `hub-images-deletions-${now().toISOString().slice(0, 10)}.${chosen.format}`;
  const file = await vscode.window.showSaveDialog({
    title: t('Export Deletion History'),
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
      const title = t('Exporting the deletion history');
      void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, run);
    },
  );
  void offerToOpen(file, count);
}

function formatItems(): readonly FormatItem[] {
  const { t } = vscode.l10n;
  return [
    { format: 'json', label: 'JSON', detail: t('Everything, for programs') },
    { format: 'csv', label: 'CSV', detail: t('A row for each image, for spreadsheets') },
    { format: 'md', label: 'Markdown', detail: t('To read and to hand on') },
  ];
}

async function offerToOpen(file: vscode.Uri, count: number): Promise<void> {
  const { t } = vscode.l10n;
  const open = t('Open');
  const text = t('Exported to {0}. Deletions: {1}.', file.fsPath, count);
  if ((await vscode.window.showInformationMessage(text, open)) === open) {
    await vscode.window.showTextDocument(file);
  }
}
