import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Services } from './services';

/**
 * Asks the user something about what the server in use has. Questions stay open as long as the user likes, and the names of
 * repositories and images may mean something else on another server or with another account.
 *
 * @returns The answer; undefined, and a message says so, if another server or account is in use by then.
 */
export async function onSameConnection<T>(
  { connections }: Pick<Services, 'connections'>,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  const connection = connections.current;
  const answer = await ask();
  if (connections.current === connection) {
    return answer;
  }
  void vscode.window.showInformationMessage(
    l10n.t('Another server or account is in use now. Nothing was planned.'),
  );
  return undefined;
}
