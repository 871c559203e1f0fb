import * as v from 'valibot';
import { defaultFetch } from '../http/defaultFetch';
import { type HubAnswer, type HubFetch, type HubLog, sendRequest } from '../http/sendRequest';
import { formatRepository, type RepositoryRef } from '../names';
import type { Credentials } from '../session/credentials';
import { decode, object, protocolError } from '../wireShape';

/** How to request tokens of a registry. */
export interface RegistryTokensOptions {
  /** URL of the token service, such as `https://auth.docker.io/token`. Credentials are sent only there. */
  readonly realm: URL;
  /** Such as `registry.docker.io`. */
  readonly service: string;
  /** Credentials of the signed-in user; `undefined` for anonymous access. */
  readonly credentials: () => Promise<Credentials | undefined>;
  readonly timeoutMs: () => number;
  readonly log: HubLog;
  /** The server's time. */
  readonly now: () => Date;
  readonly fetch?: HubFetch | undefined;
}

interface RegistryToken {
  readonly token: string;
  readonly endsAt: number;
  readonly username: string | undefined;
}

/** How long before its expiry a token is renewed, so that no token expires during a request. */
const renewalMarginMs = 60_000;

/** Lifetime of a token whose answer has no `expires_in`, as the token specification defines it. */
const defaultLifetimeSeconds = 60;

/** Visible characters only, because the token becomes part of a header. */
const usableToken = /^[\x21-\x7e]+$/;

const tokenAnswer = object({
  token: v.optional(v.unknown()),
  access_token: v.optional(v.unknown()),
  expires_in: v.optional(v.unknown()),
});

/**
 * The first of the two names of the token that has one that can be used: servers fill the other with `null` or an empty
 * text.
 *
 * @throws {HubError} `protocol`
 */
function readToken(
  answer: HubAnswer,
  { token, access_token: same }: v.InferOutput<typeof tokenAnswer>,
): string {
  for (const value of [token, same]) {
    if (typeof value === 'string' && usableToken.test(value)) {
      return value;
    }
  }
  const given = [token ?? undefined, same ?? undefined].findIndex((value) => value !== undefined);
  const reasons = ['token: expected a token', 'access_token: expected a token'];
  throw protocolError(answer, reasons[given] ?? 'token: missing');
}

/** The lifetime is only a hint: anything but a positive number, or text that stands for one, counts as missing. */
function readLifetimeSeconds(value: unknown): number {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0
    ? seconds
    : defaultLifetimeSeconds;
}

/**
 * Requests and caches the bearer tokens of a registry, one per repository. They expire after minutes and are renewed on
 * demand.
 */
export class RegistryTokens {
  readonly #options: RegistryTokensOptions;
  readonly #tokens = new Map<string, RegistryToken>();
  /** Token requests in progress, by account and repository, shared by all callers that wait for the same token. */
  readonly #pending = new Map<string, Promise<RegistryToken>>();

  constructor(options: RegistryTokensOptions) {
    this.#options = options;
  }

  /**
   * Gets a token for the repository that does not expire soon.
   *
   * @throws {HubError} `unauthenticated`: the credentials were rejected.
   * @see GET {realm}?service=…&scope=repository:{namespace}/{name}:pull,push,delete
   */
  async tokenFor(repository: RepositoryRef): Promise<string> {
    const name = formatRepository(repository);
    const credentials = await this.#options.credentials();
    const known = this.#tokens.get(name);
    if (known !== undefined && known.username === credentials?.username && this.#isLive(known)) {
      return known.token;
    }
    const key = `${credentials?.username ?? ''} ${name}`;
    const pending = this.#pending.get(key) ?? this.#request(name, credentials);
    this.#pending.set(key, pending);
    try {
      const issued = await pending;
      this.#tokens.set(name, issued);
      return issued.token;
    } finally {
      this.#pending.delete(key);
    }
  }

  /** Discards the token after the registry rejected it, so that the next call requests a new one. */
  forget(repository: RepositoryRef): void {
    this.#tokens.delete(formatRepository(repository));
  }

  #isLive({ endsAt }: RegistryToken): boolean {
    return endsAt - this.#options.now().getTime() > 0;
  }

  async #request(name: string, credentials: Credentials | undefined): Promise<RegistryToken> {
    const { realm, service, fetch = defaultFetch, log, now, timeoutMs } = this.#options;
    const url = new URL(realm);
    url.searchParams.set('service', service);
    const actions = credentials === undefined ? 'pull' : 'pull,push,delete';
    url.searchParams.set('scope', `repository:${name}:${actions}`);
    const secret =
      credentials && Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
    const answer = await sendRequest(
      {
        method: 'GET',
        path: realm.pathname,
        url: url.href,
        headers: {
          accept: 'application/json',
          'user-agent': 'hub-images',
          ...(secret !== undefined && { authorization: `Basic ${secret}` }),
        },
        body: null,
        hasBody: true,
        accept: [],
        confidential: credentials === undefined ? [] : [credentials.password, secret ?? ''],
      },
      {
        fetch,
        signal: new AbortController().signal, // several callers may wait for it
        timeoutMs: timeoutMs(),
        now,
        log,
        onDidAnswer: () => undefined,
      },
    );
    const body = decode(tokenAnswer, answer);
    const token = readToken(answer, body);
    const lifetime = readLifetimeSeconds(body.expires_in);
    // A token with a short lifetime is used for at least half of it.
    const usableMs = Math.max(lifetime * 1000 - renewalMarginMs, lifetime * 500);
    return { token, endsAt: now().getTime() + usableMs, username: credentials?.username };
  }
}
