import * as vscode from 'vscode';
import { reviewPanelType } from '../contributions';
import type { TypingThreshold } from '../hub/deletion/confirmation';
import { DeletionFlow, type DeletionFlowOptions } from '../hub/deletion/deletionFlow';
import type { ImageKey } from '../hub/deletion/plan';
import { delay } from '../hub/delay';
import { formatRepository } from '../hub/names';
import { Disposable } from '../util/dispose';
import { askToConfirm } from './confirm';
import { isFromWebview, type FromWebview, type Notice } from './protocol';
import { reviewHtml } from './reviewHtml';
import { rowsMessage, stateMessage, type ReviewContext } from './reviewMessages';
import { panelTitle, statusText } from './reviewText';

/** Least time between two states sent to the webview: a dry run reports more often than a person can read. */
const stateIntervalMs = 40;

export interface ReviewPanelOptions extends Pick<
  DeletionFlowOptions,
  'plan' | 'api' | 'username' | 'journal' | 'batchSize' | 'pageSize' | 'now' | 'onDidDelete'
> {
  readonly extensionUri: vscode.Uri;
  readonly isSandbox: boolean;
  /** Asked when it is needed, so that a changed setting applies. */
  readonly typingThreshold: () => TypingThreshold;
  readonly planNotices: readonly Notice[];
  readonly log: vscode.LogOutputChannel;
}

/** The review of one deletion in an editor tab. It owns the flow; the webview only shows it. */
export class ReviewPanel extends Disposable {
  readonly #flow: DeletionFlow;
  readonly #panel: vscode.WebviewPanel;
  readonly #context: ReviewContext;
  readonly #log: vscode.LogOutputChannel;
  #revision = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Opens the panel and begins with the dry run. */
  static open(options: ReviewPanelOptions): ReviewPanel {
    const panel = new ReviewPanel(options);
    void panel.#flow.dryRun();
    return panel;
  }

  private constructor(options: ReviewPanelOptions) {
    super();
    this.#log = options.log;
    this.#flow = new DeletionFlow({
      ...options,
      delay,
      confirm: (confirmation) => askToConfirm(confirmation, options.typingThreshold()),
      onDidChange: this.#scheduleState,
    });
    this.#context = {
      flow: this.#flow,
      isSandbox: options.isSandbox,
      planNotices: options.planNotices,
      now: options.now,
    };
    this.#panel = this.register(this.#createPanel(options));
    this.register(
      this.#panel.onDidDispose(() => {
        this.dispose();
      }),
    );
    this.register(
      this.#panel.webview.onDidReceiveMessage((message: unknown) => {
        this.#receive(message);
      }),
    );
  }

  /** Gives up a dry run. A deletion stops before its next request, and its outcome is told in a notification. */
  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    super.dispose();
    clearTimeout(this.#timer);
    this.#flow.close();
  }

  #createPanel({ plan, extensionUri }: ReviewPanelOptions): vscode.WebviewPanel {
    const root = vscode.Uri.joinPath(extensionUri, 'dist', 'review');
    const names = [...new Set(plan.images.map(({ repository }) => formatRepository(repository)))];
    const panel = vscode.window.createWebviewPanel(
      reviewPanelType,
      panelTitle(names),
      vscode.ViewColumn.Active,
      {
        enableScripts: true,
        localResourceRoots: [root],
      },
    );
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'hub-images.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'hub-images-dark.svg'),
    };
    panel.webview.html = reviewHtml(panel.webview, root);
    return panel;
  }

  readonly #scheduleState = (): void => {
    if (this.isDisposed) {
      this.#reportUnseen();
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#postState();
    }, stateIntervalMs);
  };

  #postState(): void {
    this.#revision += 1;
    void this.#panel.webview.postMessage(stateMessage(this.#context, this.#revision));
  }

  /** The tab was closed during a deletion: its end must still be seen. */
  #reportUnseen(): void {
    const { lastEvent } = this.#flow;
    switch (lastEvent.kind) {
      case 'finished':
      case 'stopped':
        void vscode.window.showInformationMessage(statusText(lastEvent, this.#flow));
        break;
      case 'refused':
      case 'interrupted':
      case 'notWritten':
        void vscode.window.showWarningMessage(statusText(lastEvent, this.#flow));
        break;
      default:
        break;
    }
  }

  #receive(message: unknown): void {
    if (isFromWebview(message)) {
      this.#handle(message);
    } else {
      this.#log.warn('The review sent a message that is not one of its own; it was dropped.');
    }
  }

  /** A decision is always answered by a new state, for the webview waits for one even where nothing came of it. */
  #handle(message: FromWebview): void {
    switch (message.type) {
      case 'ready':
        this.#postState();
        return;
      case 'rowsRequested':
        void this.#panel.webview.postMessage(
          rowsMessage(this.#context, this.#revision, message.first, message.count),
        );
        return;
      case 'warningAccepted':
        this.#flow.accept(toImageKey(message.id), message.kind, message.isAccepted);
        this.#scheduleState();
        return;
      case 'allWarningsAccepted':
        this.#flow.acceptAll(message.kind, message.isAccepted);
        this.#scheduleState();
        return;
      case 'rowRemoved':
        this.#flow.remove(toImageKey(message.id));
        this.#scheduleState();
        return;
      case 'blockedRowsRemoved':
        this.#flow.removeBlocked();
        this.#scheduleState();
        return;
      case 'digestCopied':
        void this.#copyDigest(toImageKey(message.id));
        return;
      case 'action':
        this.#act(message.action);
        return;
    }
  }

  #act(action: Extract<FromWebview, { type: 'action' }>['action']): void {
    switch (action) {
      case 'repeatDryRun':
        if (this.#flow.canRepeatDryRun) {
          void this.#flow.dryRun();
        }
        return;
      case 'delete':
        void this.#flow.delete();
        return;
      case 'cancel':
        this.#flow.cancel();
        return;
      case 'close':
        this.dispose();
        return;
    }
  }

  async #copyDigest(key: ImageKey): Promise<void> {
    const entry =
      this.#flow.review.get(key) ?? this.#flow.settled.find((settled) => settled.entry.key === key)?.entry;
    if (entry !== undefined) {
      await vscode.env.clipboard.writeText(entry.planned.image.digest);
    }
  }
}

/** An id that is not a key finds no image, so the shape need not be checked. */
function toImageKey(id: string): ImageKey {
  return id as ImageKey;
}
