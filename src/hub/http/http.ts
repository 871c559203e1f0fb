import pRetry from 'p-retry';
import { delay, type Delay } from '../delay';
import { HubError, isHubError } from '../errors';
import { parseBaseUrl } from './baseUrl';
import { LinkedAbort } from './linkedAbort';
import { readRateLimit, readRetryAfterMs } from './rateLimit';
import { type AuthenticatedRequest, Reauthentication } from './reauthentication';
import { RequestBudget, type RequestClaim } from './requestBudget';
import {
  attemptLimit,
  effectPolicies,
  type HubPause,
  longestPauseMs,
  isTransient,
  type TransientKind,
  pauseMsAfter,
  type RequestEffect,
} from './requestPolicy';
import { RequestQueue } from './requestQueue';
import { type RequestWatcher, requestWatchers } from './requestWatch';
import { type HubAnswer, type HubFetch, type HubLog, type OutgoingRequest, sendRequest } from './sendRequest';
import { ServerClock } from './serverClock';
import type { AskToSignIn } from './signInAgain';

export { parseBaseUrl } from './baseUrl';
export type { HubAnswer, HubFetch, HubLog } from './sendRequest';

/** Sends requests where nobody has given another way. The code for it is read by the first one, not when a window opens. */
export const defaultFetch: HubFetch = async (url, init) => {
  const { default: nodeFetch } = await import('node-fetch');
  init.signal.throwIfAborted(); // as in sendRequest, for it may have been given up meanwhile
  return nodeFetch(url, init);
};

export interface HubHttpOptions {
  /** Made by {@link parseBaseUrl}. */
  readonly baseUrl: URL;
  /** The bearer token for this server, asked for each request; `undefined` sends it without. */
  readonly accessToken: () => Promise<string | undefined>;
  /** Asks the person to sign in again; without it a refused token is an error at once. */
  readonly onUnauthenticated?: AskToSignIn;
  /** How the token is sent; the Hub takes `JWT`. */
  readonly tokenScheme?: 'JWT' | 'Bearer';
  /** What the caller can read, for `Accept`; JSON unless said otherwise. */
  readonly mediaTypes?: string;
  readonly timeoutMs: () => number;
  readonly maxConcurrentRequests: () => number;
  readonly log: HubLog;
  readonly onDidWait?: (pause: HubPause) => void;
  readonly fetch?: HubFetch;
  readonly now?: () => Date;
  readonly delay?: Delay;
  /** From 0 to 1, spreads the pauses between attempts. */
  readonly random?: () => number;
}

/** Parameters after the `?`; those that are `undefined` are left out. */
export type HubQuery = Readonly<Record<string, string | number | undefined>>;

export interface PostOptions {
  readonly effect: RequestEffect;
  /** Statuses beside 2xx that the caller reads as an answer. */
  readonly accept?: readonly number[];
  /** Parts of the body that no error may repeat, should the server do so. */
  readonly confidential?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

export interface ReadOptions {
  /** Statuses beside 2xx that the caller reads as an answer. */
  readonly accept?: readonly number[];
  readonly signal?: AbortSignal | undefined;
}

interface RequestPlan {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query: HubQuery;
  readonly body: string | null;
  readonly effect: RequestEffect;
  readonly accept: readonly number[];
  readonly confidential: readonly string[];
  /** Whether a success has JSON in its body. */
  readonly hasBody: boolean;
}

/** A request on its way, which may be sent more than once. */
interface RequestRun extends RequestPlan, AuthenticatedRequest {
  /** Whoever watched when it was asked for. */
  readonly watchers: readonly RequestWatcher[];
  /** What it was sent with, each time. */
  readonly tokens: (string | undefined)[];
  /** Whether it was handed to the network at least once: from then on it may have its effect. */
  wasSent: boolean;
}

const plainRequest = { query: {}, body: null, accept: [], confidential: [], hasBody: true } as const;

/**
 * JSON requests to one Hub: with its bearer token, bounded in time, size and number, and repeated where that is safe.
 *
 * No agent of our own is given to `fetch`: Node's keeps connections open, and the editor puts the person's proxy in
 * place only where there is none.
 */
export class HubHttp {
  readonly #options: HubHttpOptions;
  readonly #base: URL;
  readonly #fetch: HubFetch;
  readonly #now: () => Date;
  readonly #delay: Delay;
  readonly #random: () => number;
  readonly #queue: RequestQueue;
  readonly #clock: ServerClock;
  readonly #reauthentication: Reauthentication<RequestRun>;
  readonly #disposed = new AbortController();
  readonly #inFlight = new Set<RequestRun>();
  /** The last one that held for all requests. */
  #pause: HubPause | undefined;

  /** @throws {RangeError} The address is not one that a token may be sent to. */
  constructor(options: HubHttpOptions) {
    this.#options = options;
    this.#base = parseBaseUrl(options.baseUrl.href);
    this.#fetch = options.fetch ?? defaultFetch;
    this.#now = options.now ?? (() => new Date());
    this.#delay = options.delay ?? delay;
    this.#random = options.random ?? Math.random;
    this.#clock = new ServerClock(this.#now);
    this.#queue = new RequestQueue({
      concurrency: options.maxConcurrentRequests,
      budget: new RequestBudget(this.#now),
      delay: this.#delay,
      onDidHold: (pauseMs) => {
        options.log.info(`the limit on requests is used up for another ${pauseMs} ms`);
        this.#reportPause('rateLimited', pauseMs);
      },
    });
    this.#reauthentication = new Reauthentication<RequestRun>({
      accessToken: () => options.accessToken(),
      onUnauthenticated: options.onUnauthenticated,
      probe: (read, { watchers }) =>
        this.#sendOnce({ ...read, signal: this.#disposed.signal, watchers, tokens: [], wasSent: false }),
    });
  }

  /** Such as `https://hub.docker.com`: the only one the token is sent to. */
  get origin(): string {
    return this.#base.origin;
  }

  /** The server's time, as far as its answers have told it; else that of this computer. */
  serverNow(): Date {
    return this.#clock.now();
  }

  /**
   * Reads. Repeated on a failure that may pass, and after signing in again.
   *
   * @param path Percent-encoded, from `/v2/` on.
   * @throws {HubError}
   */
  get(path: string, query: HubQuery = {}, signal?: AbortSignal): Promise<HubAnswer> {
    return this.#request({ ...plainRequest, method: 'GET', path, query, effect: 'none' }, signal);
  }

  /**
   * Looks at the headers of what would be read; repeated like a reading.
   *
   * @throws {HubError}
   */
  head(path: string, { accept = [], signal }: ReadOptions = {}): Promise<HubAnswer> {
    return this.#request(
      { ...plainRequest, method: 'HEAD', path, effect: 'none', accept, hasBody: false },
      signal,
    );
  }

  /**
   * Deletes; sent once. The answer's body, which servers may leave out, is not read.
   *
   * @param options.signal Withdraws the request while it waits to be sent.
   * @throws {HubError} After `network`, `timeout` and `server` only a look can tell what became of it.
   */
  delete(path: string, { accept = [], signal }: ReadOptions = {}): Promise<HubAnswer> {
    return this.#request(
      { ...plainRequest, method: 'DELETE', path, effect: 'delete', accept, hasBody: false },
      signal,
    );
  }

  /**
   * Sends JSON. Repeated like a reading only where it has no effect.
   *
   * @throws {HubError}
   */
  post(path: string, body: unknown, options: PostOptions): Promise<HubAnswer> {
    const { effect, accept = [], confidential = [], signal } = options;
    return this.#request(
      { ...plainRequest, method: 'POST', path, body: JSON.stringify(body), effect, accept, confidential },
      signal,
    );
  }

  /** Gives up everything under way, and whatever is asked afterwards. */
  dispose(): void {
    this.#disposed.abort();
    this.#queue.dispose();
  }

  async #request(plan: RequestPlan, caller: AbortSignal | undefined): Promise<HubAnswer> {
    const abort = new LinkedAbort([caller, this.#disposed.signal]);
    const watchers = requestWatchers();
    const run: RequestRun = { ...plan, signal: abort.signal, watchers, tokens: [], wasSent: false };
    this.#inFlight.add(run);
    this.#reportCurrentPause(run);
    try {
      abort.signal.throwIfAborted();
      return await this.#reauthentication.send(run, () => this.#sendWithRetry(run));
    } catch (error) {
      if (!isHubError(error) && abort.signal.aborted) {
        const { method, path, wasSent } = run;
        throw new HubError('cancelled', { method, path, ...(!wasSent && { neverSent: true }) });
      }
      throw error;
    } finally {
      this.#inFlight.delete(run);
      watchers.forEach(({ onDidEnd }) => onDidEnd?.());
      abort.dispose();
    }
  }

  #sendWithRetry(run: RequestRun): Promise<HubAnswer> {
    if (!effectPolicies[run.effect].isRepeatable) {
      return this.#sendOnce(run);
    }
    return pRetry(() => this.#sendOnce(run), {
      retries: attemptLimit - 1,
      minTimeout: 0, // the pause is made below
      shouldRetry: ({ error, attemptNumber }) => this.#pauseBefore(run, error, attemptNumber),
    });
  }

  /** @returns Whether to send the request again, after the pause that this needs. */
  async #pauseBefore(run: RequestRun, error: Error, attempt: number): Promise<boolean> {
    if (!isTransient(error)) {
      return false;
    }
    const pauseMs = pauseMsAfter(error, attempt, this.#random());
    if (pauseMs > longestPauseMs) {
      return false;
    }
    this.#options.log.info(
      `${run.method} ${run.path} again in ${pauseMs} ms, attempt ${attempt + 1} of ${attemptLimit}`,
    );
    if (error.kind === 'rateLimited') {
      // the limit is for all requests together
      if (this.#queue.pauseFor(pauseMs)) {
        this.#reportPause(error.kind, pauseMs);
      }
    } else {
      this.#reportPause(error.kind, pauseMs, [run]);
      await this.#delay(pauseMs, run.signal);
    }
    return true;
  }

  #sendOnce(run: RequestRun): Promise<HubAnswer> {
    const { isAbortable, isQueued, sendsToken } = effectPolicies[run.effect];
    const send = async (claim: RequestClaim): Promise<HubAnswer> => {
      const token = sendsToken ? await this.#options.accessToken() : undefined;
      run.tokens.push(token);
      run.signal.throwIfAborted();
      run.wasSent = true;
      claim.markSent();
      run.watchers.forEach(({ onDidSend }) => onDidSend?.(run.tokens.length > 1));
      const answer = await sendRequest(this.#outgoing(run, token), {
        fetch: this.#fetch,
        signal: isAbortable ? run.signal : this.#disposed.signal,
        timeoutMs: this.#options.timeoutMs(),
        now: this.#now,
        log: this.#options.log,
        onDidAnswer: ({ status, headers }) => {
          const now = this.#now();
          this.#clock.update(headers);
          if (status === 429) {
            run.watchers.forEach(({ onDidRefuse }) => onDidRefuse?.());
          }
          if (!isQueued) {
            return; // servers count logins apart, and what they say of those holds for nothing else
          }
          const reported = readRateLimit(headers, now);
          if (status === 429) {
            claim.refuse(reported, readRetryAfterMs(headers, now));
          } else {
            claim.update(reported);
          }
        },
      });
      if (token !== undefined && run.method === 'GET') {
        this.#reauthentication.noteAccepted(token, run);
      }
      return answer;
    };
    if (!isQueued) {
      return this.#queue.runAtOnce(send);
    }
    return isAbortable ? this.#queue.run(send, run.signal) : this.#queue.runToEnd(send, run.signal);
  }

  #outgoing(run: RequestPlan, token: string | undefined): OutgoingRequest {
    const { method, path, query, body, accept, confidential, hasBody } = run;
    const { mediaTypes = 'application/json', tokenScheme = 'JWT' } = this.#options;
    return {
      method,
      path,
      url: this.#address(path, query),
      headers: {
        accept: mediaTypes,
        'user-agent': 'hub-images',
        ...(body === null ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `${tokenScheme} ${token}` }),
      },
      body,
      accept,
      hasBody,
      confidential: token === undefined ? confidential : [...confidential, token],
    };
  }

  #address(path: string, query: HubQuery): string {
    const url = new URL(this.#base.origin + this.#base.pathname.replace(/\/$/, '') + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        url.searchParams.set(name, String(value));
      }
    }
    return url.href;
  }

  /** @param runs Those that wait; without it all of them, and those that are asked for until its end. */
  #reportPause(reason: TransientKind, pauseMs: number, runs?: Iterable<RequestRun>): void {
    const pause = { reason, until: new Date(this.#now().getTime() + pauseMs) };
    if (runs === undefined) {
      this.#pause = pause;
    }
    this.#options.onDidWait?.(pause);
    const watchers = new Set([...(runs ?? this.#inFlight)].flatMap((run) => run.watchers));
    watchers.forEach(({ onDidWait }) => onDidWait?.(pause));
  }

  #reportCurrentPause({ watchers }: RequestRun): void {
    const pause = this.#pause;
    if (pause !== undefined && pause.until > this.#now()) {
      watchers.forEach(({ onDidWait }) => onDidWait?.(pause));
    }
  }
}
