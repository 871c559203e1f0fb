import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CommandId } from '../contributions';
import type { HubPause } from '../hub/http/requestPolicy';
import { Disposable } from '../util/dispose';

const tickMs = 1000;

/** Counts down in the status bar while requests wait for the Hub, so that a pause does not look like a hang. */
export class PauseCountdown extends Disposable {
  /** Made by the first pause: most windows see none. */
  #item: vscode.StatusBarItem | undefined;
  #until = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(onDidWait: vscode.Event<HubPause>) {
    super();
    this.register(onDidWait((pause) => this.#show(pause)));
  }

  override dispose(): void {
    this.#stop();
    super.dispose();
  }

  #show({ reason, until }: HubPause): void {
    if (this.isDisposed || until.getTime() <= this.#until) {
      return; // the longest pause is the one that counts
    }
    this.#until = until.getTime();
    this.#item ??= this.#makeItem();
    this.#item.tooltip = reasonText(reason);
    this.#timer ??= setInterval(this.#tick, tickMs);
    this.#tick();
  }

  readonly #tick = (): void => {
    const seconds = Math.ceil((this.#until - Date.now()) / 1000);
    if (seconds <= 0 || this.#item === undefined) {
      this.#stop();
      return;
    }
    this.#item.text = l10n.t('$(watch) Hub Images goes on in {0} s', seconds);
    this.#item.show();
  };

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#item?.hide();
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
