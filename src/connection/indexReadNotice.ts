import * as vscode from 'vscode';
import { extensionName } from '../contributions';
import { formatRepository } from '../hub/names';
import { Disposable } from '../util/dispose';
import type { IndexReading } from './connections';

/** Shows once per window that images were read in a way that counts as a pull. */
export class IndexReadNotice extends Disposable {
  #wasShown = false;

  constructor(onDidReadIndexes: vscode.Event<IndexReading>) {
    super();
    this.register(
      onDidReadIndexes((reading) => {
        if (!this.#wasShown) {
          this.#wasShown = true;
          void report(reading);
        }
      }),
    );
  }
}

async function report({ repository, count }: IndexReading): Promise<void> {
  const openSetting = vscode.l10n.t('Open Setting');
  const name = formatRepository(repository);
  const message =
    count === 1
      ? vscode.l10n.t(
          '1 multi-platform image of {0} was read from the registry, for no list tells what belongs to it. That counts as a pull, so it may be called active from now on. What was read is remembered.',
          name,
        )
      : vscode.l10n.t(
          '{0} multi-platform images of {1} were read from the registry, for no list tells what belongs to them. That counts as pulls, so they may be called active from now on. What was read is remembered.',
          count,
          name,
        );
  const answer = await vscode.window.showInformationMessage(message, openSetting);
  if (answer === openSetting) {
    await vscode.commands.executeCommand(
      'workbench.action.openSettings',
      `${extensionName}.registry.readIndexes`,
    );
  }
}
