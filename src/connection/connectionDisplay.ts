import * as vscode from 'vscode';
import { AccountsProvider } from './accountsProvider';
import type { Connections } from './connections';
import { IndexReadNotice } from './indexReadNotice';
import { PauseCountdown } from './pauseCountdown';

/** Shows in the editor what happens on the connections: the accounts in its menu, pauses, and reads that count as pulls. */
export function displayConnections(connections: Connections): vscode.Disposable {
  return vscode.Disposable.from(
    AccountsProvider.register(connections),
    new IndexReadNotice(connections.onDidReadIndexes),
    new PauseCountdown(connections.onDidWait),
  );
}
