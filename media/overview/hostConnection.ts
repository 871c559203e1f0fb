import type { WebviewApi } from 'vscode-webview';
import { isToWebview, type FromWebview, type ToWebview } from '../../src/overview/protocol';
import { readStoredState, type StoredState } from './storedState';

/** The extension, as the webview sees it, and the little that survives while the panel is hidden. */
export class HostConnection {
  readonly #api: WebviewApi<unknown>;

  constructor(api: WebviewApi<unknown>) {
    this.#api = api;
  }

  /** Calls back for every valid message until the signal aborts. */
  listen(receive: (message: ToWebview) => void, signal: AbortSignal): void {
    const onMessage = ({ data }: MessageEvent<unknown>) => {
      if (isToWebview(data)) {
        receive(data);
      } else {
        // eslint-disable-next-line no-console -- the webview's console is the only log it has
        console.warn('A message that the overview does not know was dropped.');
      }
    };
    window.addEventListener('message', onMessage, { signal });
  }

  send(message: FromWebview): void {
    this.#api.postMessage(message);
  }

  /** What the reader had changed before the panel was hidden. */
  get stored(): StoredState {
    return readStoredState(this.#api.getState());
  }

  set stored(stored: StoredState) {
    this.#api.setState(stored);
  }
}
