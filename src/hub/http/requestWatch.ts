import { AsyncLocalStorage } from 'node:async_hooks';
import type { HubPause } from './requestPolicy';
import type { HubLog } from './sendRequest';

/** Told what becomes of the requests of one piece of work. */
export interface RequestWatcher {
  /** @param isRepeated Whether the same request was sent before. */
  readonly onDidSend?: (isRepeated: boolean) => void;
  /** The server answered that it was one too many. */
  readonly onDidRefuse?: () => void;
  /** The request is not sent before the end of the pause. */
  readonly onDidWait?: (pause: HubPause) => void;
  /** It was answered, failed or was given up. */
  readonly onDidEnd?: () => void;
}

/** Of the call, not of any object: requests are sent long after they were asked for, by a queue that serves all. */
const watchers = new AsyncLocalStorage<readonly RequestWatcher[]>();

/** Those who watch what is asked for here and now. */
export function requestWatchers(): readonly RequestWatcher[] {
  return watchers.getStore() ?? [];
}

/** Watches the requests of the work, beside those who do already. */
export function watchRequests<T>(watcher: RequestWatcher, work: () => T): T {
  return watchers.run([...requestWatchers(), watcher], work);
}

/**
 * Counts the requests of one action, and writes a line where there were any. Actions that this one begins and does not
 * wait for count their own: who watches now does not watch them.
 *
 * @param name Of the action; no secret, for it stands in the log.
 * @param now Milliseconds of a clock.
 */
export async function countRequests<T>(
  name: string,
  log: Pick<HubLog, 'info'>,
  work: () => Promise<T>,
  now = () => performance.now(),
): Promise<T> {
  const count = new RequestCount(now);
  try {
    return await watchers.run([count], work);
  } finally {
    if (count.sent > 0) {
      log.info(`${name}: ${count.text}`);
    }
  }
}

/** Requests of one action, and the time from the first to the end of the last. */
class RequestCount implements RequestWatcher {
  readonly #now: () => number;
  #startedAtMs: number | undefined;
  #endedAtMs = 0;
  #repeated = 0;
  #refused = 0;
  sent = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  get text(): string {
    const seconds = ((this.#endedAtMs - (this.#startedAtMs ?? this.#endedAtMs)) / 1000).toFixed(1);
    const requests = this.sent === 1 ? '1 request' : `${this.sent.toLocaleString('en')} requests`;
    return `${requests} in ${seconds} s, ${this.#repeated} repeated, ${this.#refused} refused for the limit`;
  }

  readonly onDidSend = (isRepeated: boolean): void => {
    this.#endedAtMs = this.#now();
    this.#startedAtMs ??= this.#endedAtMs;
    this.sent += 1;
    this.#repeated += isRepeated ? 1 : 0;
  };

  readonly onDidRefuse = (): void => {
    this.#refused += 1;
  };

  readonly onDidEnd = (): void => {
    this.#endedAtMs = this.#now();
  };
}
