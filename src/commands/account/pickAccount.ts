import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Services } from '../../interaction/services';
import { pickOne } from '../../util/quickInput';
import { sanitizeLabel } from '../../util/sanitizeText';

/** Asks for one of the accounts that are signed in. @returns Its user name; `undefined` if the user gave up. */
export async function pickAccount(
  connections: Pick<Services['connections'], 'accounts' | 'currentAccount'>,
  placeHolder: string,
): Promise<string | undefined> {
  const items = connections.accounts.map(({ username }) => ({
    label: sanitizeLabel(username),
    description: username === connections.currentAccount ? l10n.t('in use') : '',
    iconPath: new vscode.ThemeIcon('account'),
    username,
  }));
  const picked = await pickOne(items, { placeHolder });
  return picked?.username;
}
