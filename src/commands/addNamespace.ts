import * as vscode from 'vscode';
import { parseNamespaceName } from '../hub/names';
import { enterText } from '../util/quickInput';
import type { Services } from './services';
import { problemWith } from './validation';

/** Asks for a namespace and keeps it in the settings. */
export async function addNamespace({ settings }: Services): Promise<void> {
  const entered = await enterText({
    title: vscode.l10n.t('Add Namespace'),
    prompt: vscode.l10n.t('Name of a user or organisation'),
    placeHolder: 'acme',
    validateInput: (text) => problemWith(text.trim(), parseNamespaceName),
  });
  if (entered !== undefined && entered.trim() !== '') {
    await settings.addNamespace(parseNamespaceName(entered.trim()));
  }
}
