import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { causeOf, type HistoryEntry } from '../journal/runHistory';
import type { DeletionHistory } from './deletionHistory';
import { exportText, type ExportFormat } from './documents/exportFormats';
import { explainWriteFailure } from './writeFailure';

/** What an export has. */
export interface ExportedRuns {
  readonly deletions: number;
  /** Files whose deletion is not known; the export has their names. */
  readonly unreadable: number;
}

/**
 * Writes all runs to the file.
 *
 * @throws {RangeError} It could not be written, in words.
 */
export async function exportRuns(
  source: Pick<DeletionHistory, 'journalFolder' | 'now'>,
  format: ExportFormat,
  file: vscode.Uri,
): Promise<ExportedRuns> {
  const { history } = await source.journalFolder();
  const runs: HistoryEntry[] = [];
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
  const unreadable = runs.filter((entry) => causeOf(entry) !== undefined).length;
  return { deletions: runs.length - unreadable, unreadable };
}
