import * as vscode from 'vscode';

/**
 * The documents in tabs, and those that are not saved. The editor keeps others for a while after they were closed, and those that
 * extensions read; their texts may be out of date.
 */
export function openDocuments(): readonly vscode.TextDocument[] {
  const inTabs = new Set(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(addressesIn)));
  return vscode.workspace.textDocuments.filter(
    ({ uri, isClosed, isDirty }) => !isClosed && (isDirty || inTabs.has(uri.toString())),
  );
}

/** Addresses of the texts in a tab. */
export function addressesIn({ input }: vscode.Tab): readonly string[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.original.toString(), input.modified.toString()];
  const hasText = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  return hasText ? [input.uri.toString()] : [];
}
