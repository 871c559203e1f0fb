import * as vscode from 'vscode';
import { referenceKindText } from '../../texts/codeReferences';
import { pickOne } from '../../util/quickInput';
import { sanitizeLabel } from '../../util/sanitizeText';
import { type FileRow, rangeOf, type ReferenceRow } from './referenceRows';
import { readPreview } from './rowItem';

type LineItem = vscode.QuickPickItem & { readonly row: ReferenceRow };

/** Offers the lines in a list, and opens the one that is picked. Without a line, a message has the summary. */
export async function pickLine(summary: string, files: readonly FileRow[]): Promise<void> {
  const rows = files.flatMap(({ references }) => references);
  if (rows.length === 0) {
    void vscode.window.showInformationMessage(summary);
    return;
  }
  const items = await Promise.all(rows.map(lineItem));
  const picked = await pickOne(items, {
    placeHolder: summary,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked !== undefined) {
    const { start } = rangeOf(picked.row.reference);
    await vscode.window.showTextDocument(picked.row.file.uri, { selection: new vscode.Range(start, start) });
  }
}

async function lineItem(row: ReferenceRow): Promise<LineItem> {
  const preview = await readPreview(row);
  return {
    label: sanitizeLabel(`${row.file.path}:${row.reference.line}`),
    description: referenceKindText(row.reference),
    ...(preview !== undefined && { detail: sanitizeLabel(preview.text) }),
    row,
  };
}
