import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Services, Target } from '../../interaction/services';
import { sanitizeLabel } from '../../util/sanitizeText';
import { pickOne } from '../../util/quickInput';
import { leaveSandbox } from '../sandbox/leaveSandbox';

/** Switches to another account that is signed in: that of the row. Without a row, it asks. */
export async function useAccount(services: Services, target: Target): Promise<void> {
  if (!(await leaveSandbox(services))) {
    return;
  }
  const row = target.kind === 'rows' ? target.rows.find(({ kind }) => kind === 'account') : undefined;
  const username = row?.kind === 'account' ? row.username : await pickAccount(services);
  if (username !== undefined) {
    await services.connections.useAccount(username);
  }
}

async function pickAccount({ connections }: Services): Promise<string | undefined> {
  const items = connections.accounts.map(({ username }) => ({
    label: sanitizeLabel(username),
    description: username === connections.currentAccount ? l10n.t('in use') : '',
    iconPath: new vscode.ThemeIcon('account'),
    username,
  }));
  const picked = await pickOne(items, { placeHolder: l10n.t('Select an account to use') });
  return picked?.username;
}
