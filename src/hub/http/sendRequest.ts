import { STATUS_CODES } from 'node:http';
import { HubError, type HubErrorFacts, type HubErrorKind } from '../errors';
import { readErrorBody, saysRouteIsGone } from './errorBody';
import { causesOf, codeOf, describeCauses } from './causeChain';
import { LinkedAbort } from './linkedAbort';
import { type HeaderReader, readRateLimit, readRetryAfterMs } from './rateLimit';
import { networkCauseOf } from './networkCause';
import { BodyTooLargeError, readBody } from './readBody';
import { bodyLimitBytes, errorBodyLimitBytes } from './requestPolicy';

/** The part of `fetch` that this client uses. */
export type HubFetch = (url: string, init: HubFetchInit) => Promise<HubFetchResponse>;

/** The second argument of {@link HubFetch}. */
export interface HubFetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Redirects are returned instead of followed, so that the token is never sent to another address. */
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

/** The part of a `Response` that is read. The body is a stream of bytes. */
export interface HubFetchResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderReader;
  readonly body: AsyncIterable<unknown> | null;
}

/** Log of the client. Messages never contain a token, a password, a query or a body. */
export interface HubLog {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}

/** One request, ready to be sent. */
export interface OutgoingRequest {
  readonly method: string;
  /** Without the query, for logs and errors. */
  readonly path: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Whether a success has a JSON body. Otherwise its body is not read. */
  readonly hasBody: boolean;
  /** Statuses besides 2xx that are returned instead of thrown. */
  readonly accept: readonly number[];
  /** Secrets to remove from errors, in case the server echoes them. */
  readonly confidential: readonly string[];
}

/** The answer to a request: a success, or a status that the caller accepts. */
export interface HubAnswer {
  readonly method: string;
  /** Path of the request, without its query. */
  readonly path: string;
  readonly status: number;
  /** Parsed JSON; `undefined` if it was not read. */
  readonly body: unknown;
  readonly headers: HeaderReader;
  /** Only with an accepted status that is not 2xx: the error to throw if the body does not help the caller. */
  readonly error?: HubError;
}

/** What {@link sendRequest} needs for one attempt. */
export interface SendOptions {
  readonly fetch: HubFetch;
  readonly signal: AbortSignal;
  /** For the whole attempt, including the body. */
  readonly timeoutMs: number;
  readonly now: () => Date;
  readonly log: HubLog;
  /** Called for every answer, before its body is read. */
  readonly onDidAnswer: (answer: Pick<HubFetchResponse, 'status' | 'headers'>) => void;
}

/**
 * Sends the request once and reads the answer.
 *
 * @throws {HubError} Every failure: a status that is neither 2xx nor accepted, a redirect, a body that is not JSON or
 * too large, a timeout, a broken connection, and `cancelled` if the signal aborts.
 */
export async function sendRequest(request: OutgoingRequest, options: SendOptions): Promise<HubAnswer> {
  const abort = new LinkedAbort([options.signal], options.timeoutMs);
  const started = options.now().getTime();
  const elapsedMs = () => options.now().getTime() - started;
  try {
    const { method, url, headers, body } = request;
    const { signal } = abort;
    signal.throwIfAborted(); // otherwise node-fetch destroys the body with an error that cannot be caught
    const response = await options.fetch(url, { method, headers, body, redirect: 'manual', signal });
    options.onDidAnswer(response);
    const { answer, bytes } = await readAnswer(request, response, options);
    options.log.debug(`${describe(request)} ${response.status} ${elapsedMs()} ms ${bytes} bytes`);
    return answer;
  } catch (error) {
    const failure = failureOf(error, request, options.signal, abort.isTimedOut);
    const line = [describe(request), failure.status, failure.kind, `${elapsedMs()} ms`, causeIn(failure)];
    options.log[failure.kind === 'cancelled' ? 'debug' : 'warn'](line.filter(Boolean).join(' '));
    throw failure;
  } finally {
    abort.dispose(); // closes the connection if the answer was not read completely
  }
}

/** Only a proxy answers it, before it has sent anything to the server. */
const proxyAuthenticationRequired = 407;

function proxyError({ method, path }: OutgoingRequest): HubError {
  return new HubError('network', {
    method,
    path,
    status: proxyAuthenticationRequired,
    networkCause: 'proxy',
    neverSent: true,
    cause: new Error('the proxy requires authentication'),
  });
}

async function readAnswer(
  request: OutgoingRequest,
  response: HubFetchResponse,
  { now }: SendOptions,
): Promise<{ readonly answer: HubAnswer; readonly bytes: number }> {
  const { method, path } = request;
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    throw new HubError('redirected', { method, path, status });
  }
  if (status === proxyAuthenticationRequired) {
    throw proxyError(request);
  }
  if (status >= 200 && status < 300) {
    if (!request.hasBody) {
      return { answer: { method, path, status, headers, body: undefined }, bytes: 0 };
    }
    const bytes = await readBody(response.body, bodyLimitBytes, 'reject');
    return {
      answer: { method, path, status, headers, body: parseSuccess(bytes, request, status) },
      bytes: bytes.length,
    };
  }
  const isAccepted = request.accept.includes(status);
  const bytes = await (isAccepted
    ? readBody(response.body, bodyLimitBytes, 'reject')
    : readBody(response.body, errorBodyLimitBytes, 'cut'));
  const parsed = parseJson(bytes);
  const error = statusError(request, response, parsed === undefined ? bytes.toString() : parsed.value, now());
  if (!isAccepted || (parsed === undefined && request.hasBody)) {
    throw error;
  }
  const answer = { method, path, status, headers, body: parsed?.value, error };
  return { answer, bytes: bytes.length };
}

function parseSuccess(bytes: Buffer, { method, path }: OutgoingRequest, status: number): unknown {
  const parsed = parseJson(bytes);
  if (parsed === undefined) {
    const reason = bytes.length === 0 ? 'the response is empty' : 'the response is not JSON';
    throw new HubError('protocol', { method, path, status, reason });
  }
  return parsed.value;
}

/** Wraps the value, because `null` is valid JSON too. */
function parseJson(bytes: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(bytes.toString()) };
  } catch {
    return undefined;
  }
}

function statusError(
  { method, path, confidential }: OutgoingRequest,
  { status, statusText, headers }: HubFetchResponse,
  body: unknown,
  now: Date,
): HubError {
  const { reason, txnid, code } = readErrorBody(
    body,
    statusText || (STATUS_CODES[status] ?? ''),
    confidential,
  );
  const retryAfterMs = status === 429 || status >= 500 ? retryAfter(status, headers, now) : undefined;
  return new HubError(kindOf(status, body), {
    method,
    path,
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(txnid === undefined ? {} : { txnid }),
    ...(code === undefined ? {} : { code }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function retryAfter(status: number, headers: HeaderReader, now: Date): number | undefined {
  const resetAt = status === 429 ? readRateLimit(headers, now)?.resetAt : undefined;
  const resetMs = resetAt === undefined ? undefined : Math.max(0, resetAt.getTime() - now.getTime());
  return readRetryAfterMs(headers, now) ?? resetMs;
}

function kindOf(status: number, body: unknown): HubErrorKind {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
      return saysRouteIsGone(body) ? 'gone' : 'notFound';
    case 429:
      return 'rateLimited';
    default:
      return status >= 500 ? 'server' : 'rejected';
  }
}

function failureOf(
  error: unknown,
  { method, path, confidential }: OutgoingRequest,
  caller: AbortSignal,
  isTimedOut: boolean,
): HubError {
  if (error instanceof HubError) {
    return error;
  }
  const facts: HubErrorFacts = { method, path };
  if (caller.aborted) {
    return new HubError('cancelled', facts);
  }
  if (isTimedOut) {
    return new HubError('timeout', facts);
  }
  if (error instanceof BodyTooLargeError) {
    return new HubError('tooLarge', { ...facts, cause: error });
  }
  const networkCause = networkCauseOf(error);
  const networkCode = causesOf(error).map(codeOf).find(Boolean);
  return new HubError('network', {
    ...facts,
    ...(networkCause !== undefined && { networkCause }),
    ...(networkCode !== undefined && { networkCode }),
    cause: new Error(describeCauses(error, confidential)),
  });
}

/** Why the connection failed, for the log. */
function causeIn({ kind, cause }: HubError): string {
  return kind === 'network' && cause instanceof Error ? `(${cause.message})` : '';
}

function describe({ method, path }: OutgoingRequest): string {
  return `${method} ${path}`;
}
