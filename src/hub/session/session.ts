import { HubError, isHubError } from '../errors';
import type { HubHttp } from '../http/http';
import { isDockerId, usernameInToken } from './accountName';
import { type Credentials, isAccessToken, isOrganisationToken, trimSecret } from './credentials';
import type { SecondFactorTicket } from './login';
import { tokenExpiry } from './tokenExpiry';

export type { Credentials } from './credentials';
export type { SecondFactorTicket } from './login';
export { tokenExpiry } from './tokenExpiry';

/** A sign-in as it is stored. */
export interface SignedIn {
  readonly username: string;
  /** The bearer token, valid for about ten minutes if obtained with an access token. */
  readonly token: string;
  /** The access token that it was obtained with and is renewed with. Missing after a sign-in with a password. */
  readonly accessToken?: string;
}

/** The account on whose behalf requests are sent. */
export interface Account {
  /** Docker ID of the user, or name of the organization. */
  readonly username: string;
  /** Whether an organization access token is in use. */
  readonly isOrganisation: boolean;
}

/** Stores the sign-in of one server; the only place where tokens are stored. */
export interface TokenStore {
  /** @returns `undefined` if nobody is signed in. */
  get(): Promise<SignedIn | undefined>;
  set(signedIn: SignedIn): Promise<void>;
  /**
   * Stores a renewed bearer token, unless the account has been signed out or in again with another access token.
   *
   * @returns Whether it was stored.
   */
  renew(signedIn: SignedIn): Promise<boolean>;
  delete(): Promise<void>;
}

/** Result of a sign-in: complete, or waiting for the code of the second factor. */
export type SignInAnswer =
  | { readonly kind: 'signedIn'; readonly signedIn: SignedIn }
  /** The password was correct, and the account has a second factor. */
  | { readonly kind: 'codeNeeded'; readonly ticket: SecondFactorTicket };

/** How long before its expiry a bearer token is renewed, so that it does not expire in transit. */
const renewalMarginMs = 60_000;

/**
 * Asks the server for the Docker ID of a bearer token that is not stored yet.
 *
 * @returns `undefined` if the server does not say.
 */
export type AskUsername = (token: string, signal?: AbortSignal) => Promise<string | undefined>;

/** The sign-in to one server. Passwords are not stored; tokens are stored only in the {@link TokenStore}. */
export class HubSession {
  readonly #http: Pick<HubHttp, 'post' | 'serverNow'>;
  readonly #store: TokenStore;
  /** Shared by all requests that find the token about to expire. */
  #renewal: Promise<string | undefined> | undefined;
  /** The bearer token whose renewal was refused. There is no second try, because failed logins lock the account. */
  #unrenewable: string | undefined;
  /** The last refusal for too many requests, and until when it holds. */
  #pause: { readonly endsAt: number; readonly error: HubError } | undefined;
  readonly #askUsername: AskUsername;

  constructor(
    http: Pick<HubHttp, 'post' | 'serverNow'>,
    store: TokenStore,
    askUsername: AskUsername = () => Promise.resolve(undefined),
  ) {
    this.#http = http;
    this.#store = store;
    this.#askUsername = askUsername;
  }

  /**
   * Exchanges credentials for a bearer token and stores it, together with the access token if one was used. Each
   * request is sent once, because repeated failures lock the account. What was copied along with an access token is
   * removed. The sign-in is stored under the Docker ID, even if the credentials name an email address.
   *
   * @throws {HubError} `unauthenticated` (401) with the server's own reason; `usernameUnknown`: nothing is stored.
   * @see POST /v2/auth/token, POST /v2/users/login
   */
  async signIn(credentials: Credentials, signal?: AbortSignal): Promise<SignInAnswer> {
    const username = credentials.username.trim();
    const password = trimSecret(credentials.password);
    if (!isAccessToken(password)) {
      const { login } = await loginRequests();
      const answer = await login(this.#http, { username, password }, signal);
      return answer.kind === 'codeNeeded' ? answer : this.#save({ username, token: answer.token }, signal);
    }
    const token = await this.#exchange({ username, password }, signal);
    return this.#save({ username, token, accessToken: password }, signal);
  }

  /**
   * Completes a sign-in with the code of the second factor and stores the bearer token.
   *
   * @param code As shown by the user's authenticator app.
   * @throws {HubError} `unauthenticated` (401) with the server's own reason.
   * @see POST /v2/users/2fa-login
   */
  async signInWithCode(
    ticket: SecondFactorTicket,
    code: string,
    signal?: AbortSignal,
  ): Promise<SignInAnswer> {
    const { loginWithCode } = await loginRequests();
    const token = await loginWithCode(this.#http, ticket, code, signal);
    return this.#save({ username: ticket.username, token }, signal);
  }

  /**
   * Returns the bearer token to send. If it is about to expire and an access token is stored, it is renewed first. The
   * server may refuse it all the same.
   *
   * @returns `undefined` if nobody is signed in.
   */
  async bearerToken(): Promise<string | undefined> {
    const stored = await this.#store.get();
    if (stored?.accessToken === undefined || !this.#endsSoon(stored.token)) {
      return stored?.token;
    }
    try {
      return (await this.renew()) ?? (await this.#store.get())?.token;
    } catch (error) {
      if (isHubError(error)) {
        return stored.token; // the server may still accept it; the next request tries again
      }
      throw error;
    }
  }

  /**
   * Obtains a new bearer token with the stored access token. Once the server has refused that (401, 403), it is not tried
   * again for the same bearer token. Any other failure is not remembered, except for how long a rate limit lasts.
   *
   * @returns `undefined` if no access token is stored, the server refused it, or the account was signed out meanwhile.
   * @throws {HubError} The renewal failed for now: the sign-in may still be valid.
   */
  async renew(): Promise<string | undefined> {
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  /**
   * Returns the credentials for the registry, which does not accept Docker Hub's bearer tokens.
   *
   * @returns `undefined` if no access token is stored.
   */
  async registryCredentials(): Promise<Credentials | undefined> {
    const stored = await this.#store.get();
    return stored?.accessToken === undefined
      ? undefined
      : { username: stored.username, password: stored.accessToken };
  }

  /** @returns The stored user name; `undefined` if nobody is signed in. */
  async username(): Promise<string | undefined> {
    return (await this.#store.get())?.username;
  }

  /** Returns the account in use; an organization if its access token begins with `dckr_oat_`. */
  async account(): Promise<Account | undefined> {
    const stored = await this.#store.get();
    return (
      stored && {
        username: stored.username,
        isOrganisation: stored.accessToken !== undefined && isOrganisationToken(stored.accessToken),
      }
    );
  }

  /** Deletes the tokens from the store. The server is not contacted, so a bearer token stays valid until it expires. */
  async signOut(): Promise<void> {
    await this.#store.delete();
  }

  async #renew(): Promise<string | undefined> {
    const stored = await this.#store.get();
    if (stored?.accessToken === undefined || stored.token === this.#unrenewable) {
      return undefined;
    }
    if (this.#pause !== undefined && this.#http.serverNow().getTime() < this.#pause.endsAt) {
      throw this.#pause.error;
    }
    const { username, accessToken } = stored;
    try {
      const token = await this.#exchange({ username, password: accessToken });
      return (await this.#store.renew({ username, token, accessToken })) ? token : undefined;
    } catch (error) {
      if (isHubError(error, 'unauthenticated', 'forbidden')) {
        this.#unrenewable = stored.token; // until a new one is stored
        return undefined;
      }
      if (isHubError(error, 'rateLimited') && error.retryAfterMs !== undefined) {
        this.#pause = { endsAt: this.#http.serverNow().getTime() + error.retryAfterMs, error };
      }
      throw error;
    }
  }

  /** @throws {HubError} */
  async #exchange(credentials: Credentials, signal?: AbortSignal): Promise<string> {
    const { exchangeAccessToken, login } = await loginRequests();
    const token = await exchangeAccessToken(this.#http, credentials, signal);
    if (token !== undefined) {
      return token;
    }
    const answer = await login(this.#http, credentials, signal);
    if (answer.kind === 'codeNeeded') {
      throw new Error('An access token needs no second factor.');
    }
    return answer.token;
  }

  #endsSoon(token: string): boolean {
    const expiry = tokenExpiry(token);
    return expiry !== undefined && expiry.getTime() - this.#http.serverNow().getTime() < renewalMarginMs;
  }

  async #save(given: SignedIn, signal: AbortSignal | undefined): Promise<SignInAnswer> {
    const signedIn = { ...given, username: await this.#usernameOf(given, signal) };
    signal?.throwIfAborted();
    await this.#store.set(signedIn);
    return { kind: 'signedIn', signedIn };
  }

  /**
   * Docker Hub accepts an email address for the sign-in, but neither as a namespace nor for the registry.
   *
   * @throws {HubError} `usernameUnknown`
   */
  async #usernameOf({ username, token }: SignedIn, signal: AbortSignal | undefined): Promise<string> {
    if (isDockerId(username)) {
      return username;
    }
    const found = usernameInToken(token) ?? (await this.#askUsername(token, signal));
    if (found === undefined && username.includes('@')) {
      throw new HubError('usernameUnknown', { method: 'GET', path: '/v2/user/' });
    }
    return found ?? username;
  }
}

/** Loaded when somebody signs in or a token has to be renewed, which is rare. */
function loginRequests() {
  return import('./login');
}
