import type { WebviewApi } from 'vscode-webview';

/** What a page and the extension say to each other. */
export interface HostProtocol<Received, State> {
  /** What the page is, for the console: `review`. */
  readonly name: string;
  /** Whether a value is a message of the extension, in every field. */
  readonly isReceived: (value: unknown) => value is Received;
  /** What an earlier life of the page stored; whatever else may be there is read as nothing. */
  readonly readState: (stored: unknown) => State;
}

/** The extension, as a page sees it, and the little that survives while the panel is hidden. */
export class HostConnection<Received, Sent, State> {
  readonly #api: WebviewApi<unknown>;
  readonly #protocol: HostProtocol<Received, State>;

  constructor(api: WebviewApi<unknown>, protocol: HostProtocol<Received, State>) {
    this.#api = api;
    this.#protocol = protocol;
  }

  /** Calls back for every valid message until the signal aborts. */
  listen(receive: (message: Received) => void, signal: AbortSignal): void {
    const onMessage = ({ data }: MessageEvent<unknown>) => {
      if (this.#protocol.isReceived(data)) {
        receive(data);
      } else {
        // eslint-disable-next-line no-console -- the webview's console is the only log it has
        console.warn(`A message that the ${this.#protocol.name} does not know was dropped.`);
      }
    };
    window.addEventListener('message', onMessage, { signal });
  }

  send(message: Sent): void {
    this.#api.postMessage(message);
  }

  /** As it was stored before the panel was hidden. */
  get state(): State {
    return this.#protocol.readState(this.#api.getState());
  }

  set state(state: State) {
    this.#api.setState(state);
  }
}
