import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { placeName } from '../../hub/codeReferences';
import { referenceKindText } from '../../texts/codeReferences';
import { numberText } from '../../texts/formats';
import { rangeOf } from '../../util/referenceRange';
import { sanitizeText } from '../../util/sanitizeText';
import { readCurrentText } from '../search/currentText';
import { type LinePreview, previewOf } from './linePreview';
import type { FileRow, ReferenceRow, Row } from './referenceRows';

/** The row as the editor draws it. The line is read when its row is shown. */
export async function rowItem(row: Row): Promise<vscode.TreeItem> {
  return row.kind === 'file' ? fileItem(row) : referenceItem(row, await readPreview(row));
}

function fileItem({ uri, path, references }: FileRow): vscode.TreeItem {
  const slash = path.lastIndexOf('/');
  const name = sanitizeText(path.slice(slash + 1));
  const count =
    references.length === 1 ? l10n.t('1 reference') : l10n.t('{0} references', numberText(references.length));
  return Object.assign(new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded), {
    resourceUri: uri,
    iconPath: vscode.ThemeIcon.File,
    description: sanitizeText(path.slice(0, Math.max(0, slash))),
    tooltip: sanitizeText(path),
    contextValue: 'hubImages.file',
    accessibilityInformation: { label: l10n.t('{0}, {1}', sanitizeText(path), count) },
  });
}

function referenceItem({ file, reference }: ReferenceRow, preview: LinePreview | undefined): vscode.TreeItem {
  const { start } = rangeOf(reference);
  const place = l10n.t('line {0}', numberText(reference.line));
  const kind = referenceKindText(reference);
  const icon = kindIcon(reference);
  const [from = 0, to = 0] = preview?.highlight ?? [];
  const label = {
    label: preview?.text ?? place,
    highlights: preview === undefined ? [] : [highlight(from, to)],
  };
  return Object.assign(new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None), {
    description: kind,
    ...(icon !== undefined && { iconPath: new vscode.ThemeIcon(icon) }),
    tooltip: [sanitizeText(placeName(reference)), ...(kind === '' ? [] : [kind])].join('\n'),
    contextValue: 'hubImages.reference',
    accessibilityInformation: { label: [label.label, place, kind].filter(Boolean).join(', ') },
    command: {
      command: 'vscode.open',
      title: l10n.t('Open Reference'),
      arguments: [
        file.uri,
        { selection: new vscode.Range(start, start) } satisfies vscode.TextDocumentShowOptions,
      ],
    },
  });
}

/** A narrow view cuts off the description. A line that uses the image for certain has no icon, as in other searches. */
function kindIcon({ kind, isDefault }: ReferenceRow['reference']): string | undefined {
  switch (kind) {
    case 'exact':
      return isDefault === true ? 'symbol-variable' : undefined;
    case 'nameOnly':
      return 'question';
    case 'produced':
      return 'cloud-upload';
    case 'documentation':
      return 'book';
    case 'tooling':
      return 'tools';
  }
}

function highlight(from: number, to: number): [number, number] {
  return [from, to];
}

/** By the row of the file, so that a file with many references is read once. */
const linesByFile = new WeakMap<FileRow, Promise<readonly string[]>>();

/** @returns Undefined if the file cannot be read, or has fewer lines by now. */
export async function readPreview({ file, reference }: ReferenceRow): Promise<LinePreview | undefined> {
  const reading = linesByFile.get(file) ?? readLines(file);
  linesByFile.set(file, reading);
  const line = (await reading)[reference.line - 1];
  return line === undefined ? undefined : previewOf(line, reference);
}

async function readLines({ uri }: FileRow): Promise<readonly string[]> {
  return (await readCurrentText(uri))?.split(/\r\n|\n|\r/) ?? [];
}
