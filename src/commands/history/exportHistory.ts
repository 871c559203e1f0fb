import * as l10n from '@vscode/l10n';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { ExportFormat } from '../../history/documents/exportFormats';
import type { ExportedRuns } from '../../history/exportRuns';
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
  const exported = await showSlowProgress(
    async () => {
      const { exportRuns } = await import('../../history/exportRuns');
      return exportRuns(history, chosen.format, file);
    },
    (run) => {
      const title = l10n.t('Exporting the deletion history');
      void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, run);
    },
  );
  void offerToOpen(file, exported);
}

function formatItems(): readonly FormatItem[] {
  return [
    { format: 'json', label: 'JSON', detail: l10n.t('All details, for programs') },
    { format: 'csv', label: 'CSV', detail: l10n.t('One row per image, for spreadsheets') },
    { format: 'md', label: 'Markdown', detail: l10n.t('A document to read and share') },
  ];
}

async function offerToOpen(file: vscode.Uri, { deletions, unreadable }: ExportedRuns): Promise<void> {
  const open = l10n.t('Open');
  const text =
    deletions === 1
      ? l10n.t('1 deletion was exported to {0}.', file.fsPath)
      : l10n.t('{0} deletions were exported to {1}.', numberText(deletions), file.fsPath);
  const message = [text, ...unreadableTexts(unreadable)].join(' ');
  if ((await vscode.window.showInformationMessage(message, open)) === open) {
    await vscode.window.showTextDocument(file);
  }
}

function unreadableTexts(count: number): readonly string[] {
  switch (count) {
    case 0:
      return [];
    case 1:
      return [l10n.t('1 file of the deletion history cannot be read. The export names it.')];
    default:
      return [
        l10n.t('{0} files of the deletion history cannot be read. The export names them.', numberText(count)),
      ];
  }
}
