import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { methodNotAllowed, organisationRefused, pageNotFound, Refusal, refused, type Answer } from './answer';
import { BlobStore } from './blobStore';
import { demoWorld } from './demoWorld';
import { Recorder, type Exchange } from './exchange';
import type { ExchangeRequest } from './exchangeRequest';
import { Faults, type Fault } from './faults';
import { replyAfterEffect, replyBeforeEffect, shapesAnswer } from './injection';
import { LaggingLists, type ListLag } from './laggingLists';
import { PullLimit, type PullLimitOptions } from './pullLimit';
import { headersOf, send, type Reply } from './reply';
import { RequestLimit, type RateLimitOptions } from './requestLimit';
import { describeRequest, readBody } from './requestReader';
import type { Services, TagsLimit } from './route';
import { createRouter, type Found } from './router';
import {
  listingRoutes,
  loginRoutes,
  registryRoutes,
  registryTokenRoute,
  removedRoutes,
  seedRoutes,
  todayRoutes,
} from './routes';
import type { Route } from './route';
import { TokenIssuer } from './tokens';
import type { Caller, SandboxWorld } from './world';

export interface SandboxOptions {
  /** The demo world unless said otherwise. */
  readonly world?: SandboxWorld;
  readonly now?: () => Date;
  /**
   * - `all`: everything the sandbox has
   * - `seed`: the four operations of the published contract and nothing else
   * - `today`: what Docker Hub has today, where image management was switched off
   */
  readonly routes?: 'all' | 'seed' | 'today';
  readonly tokenLifetimeMs?: number;
  /** Most images in one deletion. */
  readonly batchLimit?: number;
  /** How late the lists of today's routes follow what happens. */
  readonly listLag?: ListLag;
  /** Whether the registry has the referrers API of OCI 1.1. It does unless said otherwise. */
  readonly hasReferrers?: boolean;
  /**
   * Whether the referrers of a manifest are deleted with it. They are not unless said otherwise, as the specification has
   * it; what Docker Hub does is not known.
   */
  readonly deletesReferrers?: boolean;
  /** How many manifests each account may pull. As many as it likes unless said otherwise. */
  readonly pullLimit?: PullLimitOptions;
  /** Who is refused tags past the first thousand: anonymous callers unless said otherwise. */
  readonly tagsLimit?: TagsLimit;
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  /** Added to every answer; faults may add to it for some. */
  readonly latencyMs?: number;
  /** How many requests Docker Hub takes; the registry has no such limit. None unless said otherwise. */
  readonly rateLimit?: RateLimitOptions;
  /** How many of the newest exchanges are kept; 0 for a server that runs for long. */
  readonly exchangeLimit?: number;
}

const signedInRoutes = [
  ...loginRoutes,
  ...listingRoutes,
  ...todayRoutes,
  registryTokenRoute,
  ...registryRoutes,
];

const routesOf: Readonly<Record<NonNullable<SandboxOptions['routes']>, readonly Route[]>> = {
  all: [...seedRoutes, ...signedInRoutes],
  seed: seedRoutes,
  today: [...seedRoutes.filter((route) => !removedRoutes.includes(route)), ...signedInRoutes],
};

const defaults = {
  tokenLifetimeMs: 60 * 60 * 1000,
  batchLimit: 25,
  latencyMs: 0,
  exchangeLimit: 10_000,
} as const;

/** An embedded Hub on loopback that is running. Made by {@link startSandbox}. */
export class Sandbox {
  readonly world: SandboxWorld;
  readonly faults = new Faults();
  readonly tokens: TokenIssuer;
  readonly #now: () => Date;
  readonly #services: Services;
  readonly #find: (method: string, path: string) => Found;
  readonly #recorder: Recorder;
  readonly #latencyMs: number;
  readonly #limit: RequestLimit | undefined;
  readonly #stopping = new AbortController();
  readonly #listener: RequestListener = (incoming, response) => {
    this.#serve(incoming, response).catch((error: unknown) => {
      response.destroy();
      if (!this.#stopping.signal.aborted) {
        throw error; // a mistake here or in a test's fault must not look like a fault of the network
      }
    });
  };
  readonly #server = createServer(this.#listener);
  #url = '';
  #arrived = 0;
  #inFlight = 0;
  #peakInFlight = 0;

  constructor(options: SandboxOptions) {
    this.#now = options.now ?? (() => new Date());
    this.world = options.world ?? demoWorld(this.#now());
    this.tokens = new TokenIssuer(options.tokenLifetimeMs ?? defaults.tokenLifetimeMs, this.#now);
    const isSeed = options.routes === 'seed';
    this.#services = {
      world: this.world,
      tokens: this.tokens,
      batchLimit: options.batchLimit ?? defaults.batchLimit,
      lists: new LaggingLists(options.listLag ?? {}, this.world, this.#now),
      blobs: new BlobStore(),
      hasReferrers: options.hasReferrers ?? true,
      deletesReferrers: options.deletesReferrers ?? false,
      pulls: options.pullLimit && new PullLimit(options.pullLimit),
      tagsLimit: options.tagsLimit ?? 'anonymous',
      loginReason: isSeed ? 'details' : 'detail',
    };
    this.#find = createRouter(routesOf[options.routes ?? 'all']);
    this.#recorder = new Recorder(options.exchangeLimit ?? defaults.exchangeLimit);
    this.#latencyMs = options.latencyMs ?? defaults.latencyMs;
    this.#limit = options.rateLimit && new RequestLimit(options.rateLimit, this.#now);
    // a client that keeps connections must not meet one that is just being closed
    this.#server.keepAliveTimeout = 120_000;
  }

  /** `http://127.0.0.1:PORT`, without a trailing slash. */
  get url(): string {
    return this.#url;
  }

  /** Requests and answers, oldest first; a request is here before its client sees the answer. */
  get exchanges(): readonly Exchange[] {
    return this.#recorder.exchanges;
  }

  /** Requests that arrived and are not answered yet. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Most requests that were ever under way at once. */
  get peakInFlight(): number {
    return this.#peakInFlight;
  }

  /** @returns Ends the listening. */
  onDidExchange(listener: (exchange: Exchange) => void): () => void {
    return this.#recorder.onDidExchange(listener);
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address() as AddressInfo; // a listening TCP server has one
    this.#url = `http://127.0.0.1:${address.port}`;
  }

  /**
   * Serves the requests of a server that the caller owns.
   *
   * @param url Where that server listens, without a trailing slash.
   */
  serveAt(url: string): RequestListener {
    this.#url = url;
    return this.#listener;
  }

  /** Closes every connection at once, whatever is under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (!this.#server.listening) {
      return;
    }
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const sequence = ++this.#arrived;
    this.#peakInFlight = Math.max(this.#peakInFlight, ++this.#inFlight);
    response.once('close', () => (this.#inFlight -= 1));
    const body = await readBody(incoming);
    if (body === undefined) {
      response.destroy();
      return;
    }
    await send(await this.#replyTo(describeRequest(incoming, sequence, body), body), response);
  }

  /** One exchange without a connection: what a request that comes over one would be answered. */
  async exchange(request: IncomingRequest): Promise<Reply> {
    const { requestBody: body = '' } = request;
    const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    return this.#replyTo({ ...request, sequence: ++this.#arrived }, bytes);
  }

  async #replyTo(described: Omit<ExchangeRequest, 'operation'>, bytes: Buffer): Promise<Reply> {
    const found = this.#find(described.method, described.path);
    const request = { ...described, operation: found.kind === 'route' ? found.route.operation : undefined };
    const isRegistry = found.kind === 'route' && isOfRegistry(found.route);
    const counted = isRegistry ? undefined : this.#limit?.count(); // on arrival, whatever becomes of the request
    const faults = counted?.refusal === undefined ? this.faults.take(request) : [];
    await this.#pause(this.#latencyMs);
    for (const fault of faults) {
      if (fault.kind === 'before') {
        await fault.change(this.world, request);
      } else if (fault.kind === 'latency') {
        await this.#pause(fault.ms);
      }
    }
    // from here on without a break, so that whoever listens sees the world as this very request has left it
    const isWithoutEffect = faults.some(({ kind }) => kind === 'withoutEffect');
    const reply = counted?.refusal
      ? ({ kind: 'answer', answer: counted.refusal } as const)
      : (replyBeforeEffect(faults) ??
        replyAfterEffect(this.#handle(request, bytes, found, isWithoutEffect), faults, request));
    const dated = this.#dated(withHeaders(reply, counted?.headers), faults);
    this.#recorder.record(recordOf(request, dated, faults, counted?.refusal !== undefined));
    return dated;
  }

  /** The time of the sandbox's own clock, which need not be that of the computer. */
  #dated(reply: Reply, faults: readonly Fault[]): Reply {
    const errorMs = faults.reduce((sum, fault) => sum + (fault.kind === 'wrongClock' ? fault.errorMs : 0), 0);
    const date = new Date(this.#now().getTime() + errorMs).toUTCString();
    return withHeaders(reply, { date });
  }

  async #pause(ms: number): Promise<void> {
    if (ms > 0) {
      await delay(ms, undefined, { signal: this.#stopping.signal });
    }
  }

  #handle(request: ExchangeRequest, bytes: Buffer, found: Found, isWithoutEffect: boolean): Answer {
    if (found.kind !== 'route') {
      return found.kind === 'nothing' ? pageNotFound : methodNotAllowed(found.allowed);
    }
    const { route, params } = found;
    try {
      const call = {
        operation: route.operation,
        params,
        query: request.query,
        body: request.requestBody,
        bytes,
        contentType: mediaTypeOf(request.requestHeaders['content-type']),
        user: route.token === 'none' ? undefined : this.#authenticate(request, route),
        authorization: request.requestHeaders.authorization,
        url: `${this.#url}${request.path}`,
        origin: this.#url,
        now: this.#now(),
        isWithoutEffect,
      };
      return signed(route.handle(call, this.#services), route);
    } catch (error) {
      if (error instanceof Refusal) {
        return signed(error.answer, route);
      }
      throw error;
    }
  }

  /** @throws {Refusal} 401: a token that is not valid, or none where one is needed; 403: an organization's on a user's route. */
  #authenticate(
    { requestHeaders }: ExchangeRequest,
    { operation, token: need, isForUsersOnly = false }: Route,
  ): Caller | undefined {
    const header = requestHeaders.authorization;
    if (header === undefined && need === 'optional') {
      return undefined;
    }
    const [, token = ''] = /^(?:JWT|Bearer) (\S+)$/.exec(header ?? '') ?? [];
    const caller = this.#callerOf(token);
    if (caller === undefined) {
      throw new Refusal(refused(401, 'unauthorized', operation));
    }
    if (isForUsersOnly && caller.scopes !== undefined) {
      throw new Refusal(organisationRefused);
    }
    return caller;
  }

  #callerOf(token: string): Caller | undefined {
    const organization = this.tokens.verifyOrganisation(token);
    return organization === undefined
      ? this.world.findUser(this.tokens.verify(token) ?? '')
      : this.world.findOrganisationCaller(organization.name, organization.secret);
  }
}

function isOfRegistry(route: Route): boolean {
  return route === registryTokenRoute || registryRoutes.includes(route);
}

/** The registry says of every answer of its own by which protocol it is. */
function signed(answer: Answer, route: Route): Answer {
  const version = { 'docker-distribution-api-version': 'registry/2.0' };
  return registryRoutes.includes(route) ? { ...answer, headers: { ...version, ...answer.headers } } : answer;
}

function mediaTypeOf(contentType = ''): string {
  return (contentType.split(';')[0] ?? '').trim();
}

/** A request that came over no connection. */
export type IncomingRequest = Omit<ExchangeRequest, 'sequence' | 'operation'>;

/** Starts a Hub on loopback. It lives until {@link Sandbox.stop}. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = new Sandbox(options);
  await sandbox.listen(options.port ?? 0);
  return sandbox;
}

/** Those that the answer has itself stay as they are. */
function withHeaders(reply: Reply, headers: Readonly<Record<string, string>> | undefined): Reply {
  if (reply.kind !== 'answer' && reply.kind !== 'truncated') {
    return reply;
  }
  return { ...reply, answer: { ...reply.answer, headers: { ...headers, ...reply.answer.headers } } };
}

function recordOf(
  request: ExchangeRequest,
  reply: Reply,
  faults: readonly Fault[],
  isRefused: boolean,
): Exchange {
  const record = {
    faults: faults.map(({ kind }) => kind),
    isShapedByFault: isRefused || faults.some(shapesAnswer),
  };
  switch (reply.kind) {
    case 'answer':
    case 'truncated': {
      const { status, body } = reply.answer;
      const responseHeaders = headersOf(reply.answer);
      return {
        ...request,
        ...record,
        status,
        responseHeaders,
        responseBody: Buffer.isBuffer(body) ? undefined : body,
      };
    }
    case 'large':
      return { ...request, ...record, status: 200, responseHeaders: {}, responseBody: undefined };
    case 'reset':
    case 'hang':
      return { ...request, ...record, status: undefined, responseHeaders: {}, responseBody: undefined };
  }
}
