import pRetry from 'p-retry';
import { delay, type Delay } from '../delay';
import { HubError, isHubError } from '../errors';
import { parseBaseUrl } from './baseUrl';
import { defaultFetch } from './defaultFetch';
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

export type { HubAnswer, HubFetch, HubLog } from './sendRequest';

/** What {@link HubHttp} needs from its surroundings; tests replace `fetch`, `now`, `delay` and `random`. */
export interface HubHttpOptions {
  /** Created by {@link parseBaseUrl}. */
  readonly baseUrl: URL;
  /** Returns the bearer token for this server; `undefined` sends the request without one. Called for each request. */
  readonly accessToken: () => Promise<string | undefined>;
  /** Asks the user to sign in again after a 401. Without it, a refused token fails the request at once. */
  readonly onUnauthenticated?: AskToSignIn;
  /** Scheme of the `Authorization` header; `JWT`, as Docker Hub expects, by default. */
  readonly tokenScheme?: 'JWT' | 'Bearer';
  /** Value of the `Accept` header; `application/json` by default. */
  readonly mediaTypes?: string;
  /** For one attempt, including its body. */
  readonly timeoutMs: () => number;
  readonly maxConcurrentRequests: () => number;
  readonly log: HubLog;
  /** Called when requests are held back. */
  readonly onDidWait?: (pause: HubPause) => void;
  readonly fetch?: HubFetch;
  readonly now?: () => Date;
  readonly delay?: Delay;
  /** Returns a number from 0 to 1 that spreads the pauses between attempts; `Math.random` by default. */
  readonly random?: () => number;
}

/** Query parameters, not yet encoded. Parameters that are `undefined` are omitted. */
export type HubQuery = Readonly<Record<string, string | number | undefined>>;

/** Options of {@link HubHttp.post}. */
export interface PostOptions {
  readonly effect: RequestEffect;
  /** Statuses besides 2xx that are returned as an answer instead of thrown. */
  readonly accept?: readonly number[];
  /** Secrets in the body; removed from error messages in case the server echoes them. */
  readonly confidential?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@link HubHttp.head} and {@link HubHttp.delete}. */
export interface ReadOptions {
  /** Statuses besides 2xx that are returned as an answer instead of thrown. */
  readonly accept?: readonly number[];
  readonly signal?: AbortSignal | undefined;
}

/** A request as the caller describes it. */
interface RequestPlan {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query: HubQuery;
  readonly body: string | null;
  readonly effect: RequestEffect;
  readonly accept: readonly number[];
  readonly confidential: readonly string[];
  /** Whether a successful answer has a JSON body. */
  readonly hasBody: boolean;
}

/** A request in progress, from the call to its result. It may be sent more than once. */
interface RequestRun extends RequestPlan, AuthenticatedRequest {
  /** The watchers at the time of the call. */
  readonly watchers: readonly RequestWatcher[];
  readonly tokens: (string | undefined)[];
  /** Whether it was handed to the network at least once. From then on it may have had its effect. */
  wasSent: boolean;
}

const plainRequest = { query: {}, body: null, accept: [], confidential: [], hasBody: true } as const;

/**
 * Sends JSON requests to one server, with its bearer token. Limits time, size and number of requests, and repeats them
 * where that is safe.
 *
 * `fetch` gets no agent: Node's default agent keeps connections open, and VS Code applies the user's proxy settings
 * only to requests without an agent.
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
  /** The last pause that applied to all requests. */
  #pause: HubPause | undefined;

  /** @throws {RangeError} A token must not be sent to this address, see {@link parseBaseUrl}. */
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
        options.log.info(`rate limit reached, requests wait ${pauseMs} ms`);
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

  /** The only origin that the token is sent to, such as `https://hub.docker.com`. */
  get origin(): string {
    return this.#base.origin;
  }

  /** The server's time according to its answers, see {@link ServerClock}; at first that of this computer. */
  serverNow(): Date {
    return this.#clock.now();
  }

  /**
   * Reads JSON. The request is repeated after a transient failure and after signing in again.
   *
   * @param path Percent-encoded, beginning with `/v2/`.
   * @throws {HubError} As the answer, the connection or the body requires; `cancelled` once the signal aborts.
   */
  get(path: string, query: HubQuery = {}, signal?: AbortSignal): Promise<HubAnswer> {
    return this.#request({ ...plainRequest, method: 'GET', path, query, effect: 'none' }, signal);
  }

  /**
   * Reads only the headers. Repeated in the same cases as {@link get}.
   *
   * @throws {HubError} As for {@link get}.
   */
  head(path: string, { accept = [], signal }: ReadOptions = {}): Promise<HubAnswer> {
    return this.#request(
      { ...plainRequest, method: 'HEAD', path, effect: 'none', accept, hasBody: false },
      signal,
    );
  }

  /**
   * Deletes. The request is sent once. The body of a success is not read, because servers may omit it.
   *
   * @param options.signal Withdraws the request while it waits to be sent. Once sent, the request continues.
   * @throws {HubError} After `network`, `timeout` and `server` it is unknown whether the request had an effect.
   */
  delete(path: string, { accept = [], signal }: ReadOptions = {}): Promise<HubAnswer> {
    return this.#request(
      { ...plainRequest, method: 'DELETE', path, effect: 'delete', accept, hasBody: false },
      signal,
    );
  }

  /**
   * Sends JSON and reads the JSON answer. Repeated in the same cases as {@link get}, but only if its effect is `none`.
   *
   * @throws {HubError} As for {@link get}. After `network`, `timeout` and `server` its effect is unknown.
   */
  post(path: string, body: unknown, options: PostOptions): Promise<HubAnswer> {
    const { effect, accept = [], confidential = [], signal } = options;
    return this.#request(
      { ...plainRequest, method: 'POST', path, body: JSON.stringify(body), effect, accept, confidential },
      signal,
    );
  }

  /** Aborts all requests, including deletions that were already sent. Later requests fail with `cancelled`. */
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
      minTimeout: 0, // #pauseBefore waits
      shouldRetry: ({ error, attemptNumber }) => this.#pauseBefore(run, error, attemptNumber),
    });
  }

  /** Waits before the next attempt. @returns Whether to make one. */
  async #pauseBefore(run: RequestRun, error: Error, attempt: number): Promise<boolean> {
    if (!isTransient(error)) {
      return false;
    }
    const pauseMs = pauseMsAfter(error, attempt, this.#random());
    if (pauseMs > longestPauseMs) {
      return false;
    }
    this.#options.log.info(
      `${run.method} ${run.path} is retried in ${pauseMs} ms, attempt ${attempt + 1} of ${attemptLimit}`,
    );
    if (error.kind === 'rateLimited') {
      // the rate limit applies to all requests together
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
            return; // servers count logins separately, so their limits do not apply to other requests
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

  /** @param runs The requests that wait; by default all, including those that begin before the pause ends. */
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
