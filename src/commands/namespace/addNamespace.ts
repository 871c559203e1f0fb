import * as l10n from '@vscode/l10n';
import { parseNamespaceName } from '../../hub/names';
import type { Services } from '../../interaction/services';
import { problemWith } from '../../interaction/validation';
import { enterText } from '../../util/quickInput';

/** Asks for a namespace and adds it to the settings. */
export async function addNamespace({ settings }: Services): Promise<void> {
  const entered = await enterText({
    title: l10n.t('Add Namespace'),
    prompt: l10n.t('Name of a user or organization'),
    placeHolder: 'acme',
    validateInput: (text) => problemWith(text.trim(), parseNamespaceName),
  });
  if (entered !== undefined && entered.trim() !== '') {
    await settings.addNamespace(parseNamespaceName(entered.trim()));
  }
}
