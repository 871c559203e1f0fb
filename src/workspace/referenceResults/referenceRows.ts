import * as vscode from 'vscode';
import type { CodeReference } from '../../hub/codeReferences';
import { everyReference, type ImageReferences } from '../../hub/imageReferences';
import { rangeOf } from '../../util/referenceRange';

/** A file with references. */
export interface FileRow {
  readonly kind: 'file';
  readonly uri: vscode.Uri;
  /** As shown. */
  readonly path: string;
  /** At least one, in the order of the file. */
  readonly references: readonly ReferenceRow[];
}

/** A reference in a file. */
export interface ReferenceRow {
  readonly kind: 'reference';
  readonly file: FileRow;
  readonly reference: CodeReference;
}

export type Row = FileRow | ReferenceRow;

/** Groups the references by their files. */
export function rowsOf(found: ImageReferences): readonly FileRow[] {
  const byFile = new Map<string, CodeReference[]>();
  for (const reference of everyReference(found)) {
    const known = byFile.get(reference.file.uri);
    if (known === undefined) {
      byFile.set(reference.file.uri, [reference]);
    } else {
      known.push(reference);
    }
  }
  return [...byFile].map(([uri, references]) => fileRow(vscode.Uri.parse(uri, true), references));
}

function fileRow(uri: vscode.Uri, references: readonly CodeReference[]): FileRow {
  const rows: ReferenceRow[] = [];
  const file: FileRow = { kind: 'file', uri, path: references[0]?.file.path ?? '', references: rows };
  rows.push(...references.map((reference) => ({ kind: 'reference', file, reference }) as const));
  return file;
}

/** Where the reference is; for a file, where its first reference is. */
export function locationOf(row: Row): vscode.Location {
  const { file, reference } = row.kind === 'file' ? firstIn(row) : row;
  return new vscode.Location(file.uri, rangeOf(reference));
}

/** The reference after or before the row, from the last one on to the first again. */
export function neighborOf(files: readonly FileRow[], row: Row, step: 1 | -1): Row {
  const rows = files.flatMap(({ references }) => references);
  const from = rows.indexOf(row.kind === 'file' ? firstIn(row) : row);
  // From a file, the next reference is the first one in it.
  const to = row.kind === 'file' && step === 1 ? from : from + step;
  return rows.at(to % rows.length) ?? row;
}

/** The first reference at or after the position in the file; the first of all if the file has none. */
export function nearestTo(
  files: readonly FileRow[],
  uri: vscode.Uri,
  position: vscode.Position,
): Row | undefined {
  const here = files.find((file) => file.uri.toString() === uri.toString())?.references;
  return (
    here?.find(({ reference }) => rangeOf(reference).end.isAfterOrEqual(position)) ??
    here?.at(-1) ??
    files[0]?.references[0]
  );
}

function firstIn(file: FileRow): ReferenceRow {
  const [first] = file.references;
  if (first === undefined) {
    throw new RangeError('a file without references has no row');
  }
  return first;
}
