import * as vscode from 'vscode';

/** What is wrong with a text that `parse` rejects, as a sentence for the person who types it. */
export function problemWith(text: string, parse: (text: string) => unknown): string | undefined {
  if (text === '') {
    return undefined; // nothing was typed yet; the box does not accept it either
  }
  try {
    parse(text);
    return undefined;
  } catch (error) {
    return error instanceof RangeError
      ? vscode.l10n.t('Not a name on Docker Hub: {0}.', error.message)
      : vscode.l10n.t('Not a name on Docker Hub.');
  }
}
