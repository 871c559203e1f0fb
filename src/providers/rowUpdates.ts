import { Disposable } from '../util/dispose';
import type { Node } from './nodes';

export interface RowUpdatesOptions {
  /** Announces to the editor that the row or what is below it changed; without a row, that all rows did. */
  readonly announce: (row: Node | undefined) => void;
  /** Ends when the editor has handled everything that was sent to it before. */
  readonly reachEditor: () => PromiseLike<unknown>;
}

/** Stands for what is below no row. */
const rootKey = '';

/**
 * Announces changes of rows, but of no row whose answer is still on its way to the editor.
 *
 * The extension host forgets what is below a row as soon as a change of it is announced. An answer that reaches the editor in
 * the same moment is drawn all the same, and the editor does not ask again: what it then shows are rows that the host does not
 * know. They are empty when they are opened, and whoever selects one has selected nothing.
 */
export class RowUpdates extends Disposable {
  readonly #options: RowUpdatesOptions;
  /** How many answers for a row are on their way. */
  readonly #onTheWay = new Map<string, number>();
  /** Rows that changed while an answer for them was on its way. */
  readonly #held = new Map<string, Node | undefined>();
  /** Answers that the extension host has not sent yet: it sends those to one request together. */
  #unsent: readonly string[] = [];

  constructor(options: RowUpdatesOptions) {
    super();
    this.#options = options;
  }

  /** Reads what the editor has asked for, which is what is below the row. */
  async answer<T>(row: Node | undefined, read: () => Promise<T>): Promise<T> {
    // Answered just now and not sent yet: the same request asks for this row, too.
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

  /** The row reads differently, or what is below it; without one, all rows. */
  changed(row: Node | undefined): void {
    if (this.#onTheWay.has(keyOf(row))) {
      this.#held.set(keyOf(row), row);
    } else {
      this.#options.announce(row);
    }
  }

  /**
   * The editor has asked how the row reads. The extension host passes a change on when it has time, up to 200 milliseconds
   * later, and this is when it does so: where an answer is on its way by now, the change is announced once more.
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
      return; // sent together with what was asked for next
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
