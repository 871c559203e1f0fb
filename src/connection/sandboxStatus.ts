import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type CommandId, treeViewId } from '../contributions';
import { sandboxServerText } from '../texts/sandbox';
import { Disposable, MutableDisposable } from '../util/dispose';
import type { Connections } from './connections';

const leaveCommand = 'hubImages.sandbox.stop' satisfies CommandId;

/** Says in the status bar that the sandbox is in use, whichever view is open. */
export class SandboxStatus extends Disposable {
  readonly #item = this.register(new MutableDisposable<vscode.StatusBarItem>());

  constructor(connections: Pick<Connections, 'current' | 'onDidChange'>) {
    super();
    this.register(
      connections.onDidChange(() => {
        if (connections.current?.kind !== 'sandbox') {
          this.#item.value = undefined;
        } else {
          this.#item.value ??= sandboxItem(sandboxServerText(connections.current.imageApiKind()));
        }
      }),
    );
  }
}

/**
 * Selecting it shows the view: leaving loses the changes in the sandbox, so that is a link of its own.
 *
 * @param server What is simulated.
 */
function sandboxItem(server: string): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('hubImages.sandbox', vscode.StatusBarAlignment.Left);
  item.name = l10n.t('Hub Images: sandbox');
  item.text = l10n.t('$(beaker) Sandbox: {0}', server);
  item.accessibilityInformation = { label: l10n.t('Hub Images: sandbox, {0}', server) };
  item.command = `${treeViewId}.focus`;
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = { enabledCommands: [leaveCommand] };
  tooltip
    .appendText(l10n.t('Hub Images uses a server that is simulated on this machine: {0}.', server))
    .appendMarkdown(`\n\n[${l10n.t('Leave the Sandbox')}](command:${leaveCommand})`);
  item.tooltip = tooltip;
  item.show();
  return item;
}
