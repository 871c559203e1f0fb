import { Disposable } from '../util/dispose';
import type { Node } from './nodes';

export interface RowUpdatesOptions {
  /** Announces to the editor that the row, or what is below it, has changed; without a row, all rows. */
  readonly announce: (row: Node | undefined) => void;
  /** Resolves when the editor has handled everything that was sent to it before. */
  readonly reachEditor: () => PromiseLike<unknown>;
}

/** The key of the rows at the top. */
const rootKey = '';

/**
 * Announces changes of rows, but delays them for a row whose answer is still on its way to the editor.
 *
 * The extension host drops the rows below a row as soon as a change of that row is announced. If an answer reaches the
 * editor at the same moment, the editor draws it nevertheless and does not request it again: it then shows rows that the
 * host does not know. They are empty when opened, and selecting them selects nothing.
 */
export class RowUpdates extends Disposable {
  readonly #options: RowUpdatesOptions;
  /** Number of answers on their way, by the key of the row. */
  readonly #onTheWay = new Map<string, number>();
  /** Rows that changed while an answer for them was on its way. */
  readonly #held = new Map<string, Node | undefined>();
  /** Answers that the extension host has not sent yet: it sends all answers to one request together. */
  #unsent: readonly string[] = [];

  constructor(options: RowUpdatesOptions) {
    super();
    this.#options = options;
  }

  /** Reads the rows below this one, which the editor has requested. */
  async answer<T>(row: Node | undefined, read: () => Promise<T>): Promise<T> {
    // Answers that are not sent yet belong to the same request as this one.
    const sentWithThis = this.#unsent;
    this.#unsent = [];
    try {
      return await read();
    } finally {
      const key = keyOf(row);
      this.#onTheWay.set(key, (this.#onTheWay.get(key) ?? 0) + 1);
      this.#unsent = [...this.#unsent, ...sentWithThis, key];
      setImmediate(() => this.#didSend());
    }
  }

  /** The row, or what is below it, has changed; without a row, all rows. */
  changed(row: Node | undefined): void {
    if (this.#onTheWay.has(keyOf(row))) {
      this.#held.set(keyOf(row), row);
    } else {
      this.#options.announce(row);
    }
  }

  /**
   * The editor has requested the content of the row. The extension host passes a change on up to 200 milliseconds after
   * it was announced, and does so now. If an answer is on its way by now, the change is announced once more.
   */
  didAskFor(row: Node): void {
    if (this.#onTheWay.has(keyOf(row))) {
      this.#held.set(keyOf(row), row);
    }
  }

  #didSend(): void {
    const sent = this.#unsent;
    this.#unsent = [];
    if (sent.length === 0 || this.isDisposed) {
      return; // sent together with the answer to the next request
    }
    const arrived = () => this.#didArrive(sent);
    this.#options.reachEditor().then(arrived, arrived);
  }

  #didArrive(keys: readonly string[]): void {
    for (const key of keys) {
      const others = (this.#onTheWay.get(key) ?? 1) - 1;
      if (others > 0) {
        this.#onTheWay.set(key, others);
        continue;
      }
      this.#onTheWay.delete(key);
      if (this.#held.has(key)) {
        const row = this.#held.get(key);
        this.#held.delete(key);
        this.#options.announce(row);
      }
    }
  }
}

function keyOf(row: Node | undefined): string {
  return row?.id ?? rootKey;
}
