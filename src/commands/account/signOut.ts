import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Services, Target } from '../../interaction/services';
import { sanitizeLabel } from '../../util/sanitizeText';
import { pickAccount } from './pickAccount';

/**
 * Deletes the stored token of the row's account. Without a row, it asks which account if there are several. It asks once
 * before it deletes. Without another account, the tree becomes empty.
 */
export async function signOut({ connections }: Services, target: Target): Promise<void> {
  const row = target.kind === 'rows' ? target.rows.find(({ kind }) => kind === 'account') : undefined;
  const username =
    row?.kind === 'account'
      ? row.username
      : connections.accounts.length > 1
        ? await pickAccount(connections, l10n.t('Select an account to sign out'))
        : connections.currentAccount;
  if (username !== undefined && (await confirmSignOut(username))) {
    await connections.signOut(username);
  }
}

async function confirmSignOut(username: string): Promise<boolean> {
  const button = l10n.t('Sign Out');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Sign out of {0}?', sanitizeLabel(username)),
    { modal: true, detail: l10n.t('Its tokens are removed from secret storage.') },
    button,
  );
  return answer === button;
}
