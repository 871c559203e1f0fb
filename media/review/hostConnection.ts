import type { WebviewApi } from 'vscode-webview';
import { isToWebview, type FromWebview, type ToWebview } from '../../src/review/protocol';
import { readPosition, type Position } from './position';

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
        console.warn('A message that the review does not know was dropped.');
      }
    };
    window.addEventListener('message', onMessage, { signal });
  }

  send(message: FromWebview): void {
    this.#api.postMessage(message);
  }

  /** Where the reader was before the panel was hidden. */
  get position(): Position | undefined {
    return readPosition(this.#api.getState());
  }

  set position(position: Position | undefined) {
    this.#api.setState(position);
  }
}
