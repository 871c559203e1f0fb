import * as l10n from '@vscode/l10n';
import type { Services, Target } from '../../interaction/services';
import { leaveSandbox } from '../sandbox/leaveSandbox';
import { pickAccount } from './pickAccount';

/** Switches to another account that is signed in: that of the row. Without a row, it asks. */
export async function useAccount(services: Services, target: Target): Promise<void> {
  if (!(await leaveSandbox(services))) {
    return;
  }
  const row = target.kind === 'rows' ? target.rows.find(({ kind }) => kind === 'account') : undefined;
  const username =
    row?.kind === 'account'
      ? row.username
      : await pickAccount(services.connections, l10n.t('Select an account to use'));
  if (username !== undefined) {
    await services.connections.useAccount(username);
  }
}
