import * as vscode from 'vscode';
import { AccountsProvider } from './accountsProvider';
import type { Connections } from './connections';
import { PauseCountdown } from './pauseCountdown';

/** Shows in the editor what happens on the connections: the accounts in its menu, and pauses. */
export function displayConnections(connections: Connections): vscode.Disposable {
  return vscode.Disposable.from(
    AccountsProvider.register(connections),
    new PauseCountdown(connections.onDidWait),
  );
}
