import * as vscode from 'vscode';
import { AccountsProvider } from './accountsProvider';
import type { Connections } from './connections';
import { PauseCountdown } from './pauseCountdown';
import { SandboxStatus } from './sandboxStatus';

/** Shows in the editor what happens on the connections: the accounts in its menu, pauses, and the sandbox. */
export function displayConnections(connections: Connections): vscode.Disposable {
  return vscode.Disposable.from(
    AccountsProvider.register(connections),
    new PauseCountdown(connections.onDidWait),
    new SandboxStatus(connections),
  );
}
