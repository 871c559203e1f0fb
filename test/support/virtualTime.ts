import type { Delay } from '../../src/hub/delay';

interface Waiting {
  readonly at: number;
  readonly goOn: () => void;
}

/** A clock that stands still while anything goes on, and then jumps to the next instant that somebody waits for. */
export class VirtualTime {
  readonly #waiting = new Set<Waiting>();
  #ms: number;

  constructor(start: Date) {
    this.#ms = start.getTime();
  }

  readonly now = (): Date => new Date(this.#ms);

  readonly delay: Delay = (ms, signal) =>
    new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        this.#waiting.delete(waiting);
        signal.removeEventListener('abort', abort);
        settle();
      };
      const abort = (): void => {
        end(() => {
          reject(new Error('aborted'));
        });
      };
      const waiting: Waiting = {
        at: this.#ms + ms,
        goOn: () => {
          end(resolve);
        },
      };
      this.#waiting.add(waiting);
      signal.addEventListener('abort', abort, { once: true });
      if (signal.aborted) {
        abort();
      }
    });

  /** How many waits are under way. */
  get waits(): number {
    return this.#waiting.size;
  }

  /**
   * Lets time pass until the work is done.
   *
   * @throws {Error} It waits for something that no time brings about.
   */
  async run<T>(work: Promise<T>): Promise<T> {
    const done = new AbortController();
    const end = (): void => {
      done.abort();
    };
    work.then(end, end);
    for (;;) {
      await this.settle();
      if (done.signal.aborted) {
        return work;
      }
      this.#jump();
    }
  }

  /** Everything that takes no time has happened. */
  async settle(): Promise<void> {
    await new Promise(setImmediate);
  }

  #jump(): void {
    const [next] = [...this.#waiting].sort((one, other) => one.at - other.at);
    if (next === undefined) {
      throw new Error('nothing is waited for, and the work is not done');
    }
    this.#ms = Math.max(this.#ms, next.at);
    next.goOn();
  }
}
