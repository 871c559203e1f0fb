import type { WebviewApi } from 'vscode-webview';
import { focusedMessage } from '../../src/webview/protocol';

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
    this.#reportFocus(signal);
  }

  send(message: Sent): void {
    this.#api.postMessage(message);
  }

  /** Reports that the page got the focus, unless a click brought it: the editor may have taken it from a picker. */
  #reportFocus(signal: AbortSignal): void {
    let isPressed = false;
    const press = () => {
      isPressed = true;
    };
    const release = () => {
      isPressed = false;
    };
    window.addEventListener('pointerdown', press, { signal, capture: true });
    window.addEventListener('pointerup', release, { signal, capture: true });
    window.addEventListener('pointercancel', release, { signal, capture: true });
    const onFocus = () => {
      if (!isPressed) {
        this.#api.postMessage(focusedMessage);
      }
    };
    window.addEventListener('focus', onFocus, { signal });
  }

  /** As it was stored before the panel was hidden. */
  get state(): State {
    return this.#protocol.readState(this.#api.getState());
  }

  set state(state: State) {
    this.#api.setState(state);
  }
}
