import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RecordedRun } from '../journal/runHistory';
import type { DeletionHistory } from './deletionHistory';
import { exportText, type ExportFormat } from './documents/exportFormats';
import { explainWriteFailure } from './writeFailure';

/**
 * Writes all runs to the file.
 *
 * @returns How many there are.
 * @throws {RangeError} It could not be written, in words.
 */
export async function exportRuns(
  source: Pick<DeletionHistory, 'journalFolder' | 'now'>,
  format: ExportFormat,
  file: vscode.Uri,
): Promise<number> {
  const { history } = await source.journalFolder();
  const runs: RecordedRun[] = [];
  for await (const run of history.runs()) {
    runs.push(run);
  }
  const bytes = new TextEncoder().encode(exportText(format, runs, source.now()));
  try {
    await vscode.workspace.fs.writeFile(file, bytes);
  } catch (error) {
    throw new RangeError(
      l10n.t('The history could not be written to {0}: {1}.', file.fsPath, explainWriteFailure(error)),
      { cause: error },
    );
  }
  return runs.length;
}
