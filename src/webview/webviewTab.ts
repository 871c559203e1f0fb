import * as vscode from 'vscode';
import { Disposable } from '../util/dispose';
import { focusQuickInput } from '../util/quickInput';
import { isFocusedMessage } from './protocol';
import { webviewHtml } from './webviewHtml';

/** Least time between two messages that are not answers: what is reported changes more often than a person can read. */
const messageIntervalMs = 40;

export interface WebviewTabOptions<Received> {
  /** By which the editor knows tabs of this kind. */
  readonly viewType: string;
  /** Name of its bundle. */
  readonly bundle: 'review' | 'overview' | 'namespaceOverview';
  readonly title: string;
  readonly extensionUri: vscode.Uri;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  /** Whether a value is a message of the webview, in every field. */
  readonly isReceived: (message: unknown) => message is Received;
  readonly receive: (message: Received) => void;
}

/** A webview in an editor tab. What it sends and is not a message of its protocol is dropped, and the log says so. */
export class WebviewTab<Received, Sent> extends Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #closeListeners: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor({ bundle, isReceived, receive, log, ...options }: WebviewTabOptions<Received>) {
    super();
    const root = vscode.Uri.joinPath(options.extensionUri, 'dist', 'webviews');
    this.#panel = this.register(
      vscode.window.createWebviewPanel(options.viewType, options.title, vscode.ViewColumn.Active, {
        enableScripts: true,
        localResourceRoots: [root],
      }),
    );
    this.#panel.iconPath = {
      light: vscode.Uri.joinPath(options.extensionUri, 'media', 'hub-images.svg'),
      dark: vscode.Uri.joinPath(options.extensionUri, 'media', 'hub-images-dark.svg'),
    };
    this.#panel.webview.html = webviewHtml(this.#panel.webview, root, bundle, options.title);
    this.register(
      this.#panel.onDidDispose(() => {
        this.dispose();
      }),
    );
    this.register(
      this.#panel.webview.onDidReceiveMessage((message: unknown) => {
        if (isReceived(message)) {
          receive(message);
        } else if (isFocusedMessage(message)) {
          void focusQuickInput();
        } else {
          log.warn(`The ${bundle} sent a message that is not one of its own; it was dropped.`);
        }
      }),
    );
  }

  /** Of the editor; `undefined` while the tab is hidden. */
  get viewColumn(): vscode.ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  post(message: Sent): void {
    void this.#panel.webview.postMessage(message);
  }

  /** Calls back once, soon, however often it is asked to before that; not if the tab is closed first. */
  schedule(post: () => void): void {
    if (!this.isDisposed) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        post();
      }, messageIntervalMs);
    }
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Calls back when the tab was closed, by whomever. */
  onDidClose(listener: () => void): void {
    this.#closeListeners.push(listener);
  }

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    super.dispose();
    clearTimeout(this.#timer);
    this.#closeListeners.forEach((listener) => {
      listener();
    });
  }
}
