import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CommandId } from '../contributions';
import type { HubPause } from '../hub/http/requestPolicy';
import { Disposable } from '../util/dispose';
import { PauseClock } from '../util/pauseClock';

/** Counts down in the status bar while requests wait for the Hub, so that a pause does not look like a hang. */
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
    this.#item.tooltip = reasonText(pause.reason);
    this.#item.text = l10n.t('$(watch) Hub Images goes on in {0} s', seconds);
    this.#item.show();
  }

  #makeItem(): vscode.StatusBarItem {
    const item = this.register(
      vscode.window.createStatusBarItem('hubImages.pause', vscode.StatusBarAlignment.Left),
    );
    item.name = l10n.t('Hub Images: pause');
    item.command = 'hubImages.log.show' satisfies CommandId;
    return item;
  }
}

function reasonText(reason: HubPause['reason']): string {
  switch (reason) {
    case 'rateLimited':
      return l10n.t('The limit of the Hub on requests is reached; the next one waits for its end.');
    case 'server':
      return l10n.t('The Hub had a fault of its own; the request is sent again.');
    case 'network':
      return l10n.t('The Hub could not be reached; the request is sent again.');
  }
}
