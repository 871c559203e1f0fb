import * as vscode from 'vscode';
import type { CodeReference } from '../hub/codeReferences';

/** Where a reference stands in its document. */
export function rangeOf({
  line,
  column,
  length,
}: Pick<CodeReference, 'line' | 'column' | 'length'>): vscode.Range {
  return new vscode.Range(line - 1, column - 1, line - 1, column - 1 + length);
}
