import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CommandId } from '../contributions';
import type { HubPause } from '../hub/http/requestPolicy';
import { pauseText } from '../texts/pauses';
import { Disposable } from '../util/dispose';
import { PauseClock } from '../util/pauseClock';

/** Counts down in the status bar while requests wait for the server, so that a pause does not look like a hang. */
export class PauseCountdown extends Disposable {
  /** Made by the first pause: most windows see none. */
  #item: vscode.StatusBarItem | undefined;
  readonly #clock = this.register(
    new PauseClock(() => {
      this.#show();
    }),
  );

  constructor(onDidWait: vscode.Event<HubPause>) {
    super();
    this.register(onDidWait(this.#clock.wait));
  }

  #show(): void {
    const { pause, seconds } = this.#clock;
    if (pause === undefined) {
      this.#item?.hide();
      return;
    }
    this.#item ??= this.#makeItem();
    this.#item.tooltip = pauseText(pause.reason);
    this.#item.text = l10n.t('$(watch) Hub Images continues in {0} s', seconds);
    this.#item.show();
  }

  #makeItem(): vscode.StatusBarItem {
    const item = this.register(
      vscode.window.createStatusBarItem('hubImages.pause', vscode.StatusBarAlignment.Left),
    );
    item.name = l10n.t('Hub Images: paused');
    item.command = 'hubImages.log.show' satisfies CommandId;
    return item;
  }
}
