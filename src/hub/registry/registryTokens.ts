import * as v from 'valibot';
import { defaultFetch } from '../http/http';
import { type HubFetch, type HubLog, sendRequest } from '../http/sendRequest';
import { formatRepository, type RepositoryRef } from '../names';
import type { Credentials } from '../session/credentials';
import { decode, object, protocolError } from '../wireShape';

export interface RegistryTokensOptions {
  /** Where tokens are issued, such as `https://auth.docker.io/token`. Credentials go there and nowhere else. */
  readonly realm: URL;
  /** Such as `registry.docker.io`. */
  readonly service: string;
  /** Of the person who is signed in; `undefined` asks as nobody. */
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

/** A token is renewed so long before its end, so that none ends on its way. */
const renewalMarginMs = 60_000;

/** What the registry means where it does not say how long a token lives. */
const defaultLifetimeSeconds = 60;

const visible = v.pipe(v.string('expected a token'), v.regex(/^[\x21-\x7e]+$/, 'expected a token'));
const tokenAnswer = object({
  token: v.optional(visible),
  access_token: v.optional(visible),
  expires_in: v.optional(v.number('expected seconds')),
});

/** Tokens of the registry, one a repository. They live for minutes and are renewed while they are needed. */
export class RegistryTokens {
  readonly #options: RegistryTokensOptions;
  readonly #tokens = new Map<string, RegistryToken>();
  /** Shared by all requests that wait for the same token. */
  readonly #pending = new Map<string, Promise<RegistryToken>>();

  constructor(options: RegistryTokensOptions) {
    this.#options = options;
  }

  /**
   * A token for the repository that lives for a while yet.
   *
   * @throws {HubError} `unauthenticated`: the credentials were not taken.
   * @see GET {realm}?service=…&scope=repository:{namespace}/{name}:pull,push,delete
   */
  async tokenFor(repository: RepositoryRef): Promise<string> {
    const name = formatRepository(repository);
    const credentials = await this.#options.credentials();
    const known = this.#tokens.get(name);
    if (known !== undefined && known.username === credentials?.username && this.#isLive(known)) {
      return known.token;
    }
    const pending = this.#pending.get(name) ?? this.#request(name, credentials);
    this.#pending.set(name, pending);
    try {
      const issued = await pending;
      this.#tokens.set(name, issued);
      return issued.token;
    } finally {
      this.#pending.delete(name);
    }
  }

  /** The registry did not take the token: the next one is asked for anew. */
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
        signal: new AbortController().signal, // several may wait for it
        timeoutMs: timeoutMs(),
        now,
        log,
        onDidAnswer: () => undefined,
      },
    );
    const {
      token,
      access_token: same,
      expires_in: lifetime = defaultLifetimeSeconds,
    } = decode(tokenAnswer, answer);
    const issued = token ?? same;
    if (issued === undefined) {
      throw protocolError(answer, 'token: missing');
    }
    // A token that lives no longer than the margin is used for half its life.
    const usableMs = Math.max(lifetime * 1000 - renewalMarginMs, lifetime * 500);
    return { token: issued, endsAt: now().getTime() + usableMs, username: credentials?.username };
  }
}
