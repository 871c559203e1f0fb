import * as vscode from 'vscode';

/** A tab of the editor with a webview, without the page: a test reads what is sent to it, and answers in its place. */
export class CapturedTab {
  readonly sent: unknown[] = [];
  /** How often it was brought to the front. */
  revealed = 0;
  readonly #original = vscode.window.createWebviewPanel;
  readonly #received = new vscode.EventEmitter<unknown>();
  readonly #closed = new vscode.EventEmitter<void>();

  /** Stands in the place of the next tabs, until it is restored. */
  constructor() {
    const panel = {
      webview: {
        html: '',
        cspSource: '',
        asWebviewUri: (uri: vscode.Uri) => uri,
        onDidReceiveMessage: this.#received.event,
        postMessage: (message: unknown) => {
          this.sent.push(message);
          return Promise.resolve(true);
        },
      },
      onDidDispose: this.#closed.event,
      reveal: () => (this.revealed += 1),
      dispose: () => undefined,
    };
    this.#put(() => panel);
  }

  /** The page sends a message. */
  send(message: unknown): void {
    this.#received.fire(message);
  }

  /** The person closes the tab. */
  close(): void {
    this.#closed.fire();
  }

  restore(): void {
    this.#put(this.#original);
  }

  #put(value: unknown): void {
    if (!Reflect.set(vscode.window, 'createWebviewPanel', value)) {
      throw new Error('createWebviewPanel cannot be replaced');
    }
  }
}
