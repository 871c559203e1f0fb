import { AsyncLocalStorage } from 'node:async_hooks';
import type { HubPause } from './requestPolicy';
import type { HubLog } from './sendRequest';

/** Observes the requests that one operation sends, see {@link watchRequests}. */
export interface RequestWatcher {
  /**
   * The request is handed to the network.
   *
   * @param isRepeated Whether it was sent before.
   */
  readonly onDidSend?: (isRepeated: boolean) => void;
  /** The server answered 429. */
  readonly onDidRefuse?: () => void;
  /** The request waits until the end of the pause. */
  readonly onDidWait?: (pause: HubPause) => void;
  /** The request succeeded, failed or was cancelled, after all of its attempts. */
  readonly onDidEnd?: () => void;
}

/** Belongs to the asynchronous call, not to an object, because a shared queue sends requests long after the call. */
const watchers = new AsyncLocalStorage<readonly RequestWatcher[]>();

/** Returns the watchers of the current asynchronous call; empty outside of {@link watchRequests}. */
export function requestWatchers(): readonly RequestWatcher[] {
  return watchers.getStore() ?? [];
}

/** Runs the work and adds a watcher for the requests it sends. Watchers of the caller see them as well. */
export function watchRequests<T>(watcher: RequestWatcher, work: () => T): T {
  return watchers.run([...requestWatchers(), watcher], work);
}

/**
 * Runs an action and logs how many requests it sent, if any. Replaces the watchers of the caller, because an action
 * that another one starts without waiting for it is counted on its own.
 *
 * @param name Name of the action in the log. Must not contain secrets.
 * @param now Milliseconds of a monotonic clock.
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

/** Counts the requests of one action, and the time from the start of the first to the end of the last. */
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
    return `${requests} in ${seconds} s, ${this.#repeated} retried, ${this.#refused} rejected by the rate limit`;
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
