import * as vscode from 'vscode';
import { placeName } from '../../hub/codeReferences';
import { referenceKindText } from '../../texts/codeReferences';
import { openReference } from '../../util/openReference';
import { pickOne } from '../../util/quickInput';
import { sanitizeLabel } from '../../util/sanitizeText';
import type { FileRow, ReferenceRow } from './referenceRows';
import { readPreview } from './rowItem';

/** How many lines are read for the list: it waits for all of them. The others have only their place. */
const previewLimit = 200;

type LineItem = vscode.QuickPickItem & { readonly row: ReferenceRow };

/** Offers the lines in a list, and opens the one that is picked. Without a line, a message has the summary. */
export async function pickLine(summary: string, files: readonly FileRow[]): Promise<void> {
  const rows = files.flatMap(({ references }) => references);
  if (rows.length === 0) {
    void vscode.window.showInformationMessage(summary);
    return;
  }
  const items = await Promise.all(rows.map((row, index) => lineItem(row, index < previewLimit)));
  const picked = await pickOne(items, {
    placeHolder: summary,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked !== undefined) {
    await openReference(picked.row.reference, undefined);
  }
}

async function lineItem(row: ReferenceRow, isRead: boolean): Promise<LineItem> {
  const preview = isRead ? await readPreview(row) : undefined;
  return {
    label: sanitizeLabel(placeName(row.reference)),
    description: referenceKindText(row.reference),
    ...(preview !== undefined && { detail: sanitizeLabel(preview.text) }),
    row,
  };
}
