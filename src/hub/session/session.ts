import { isHubError } from '../errors';
import type { HubHttp } from '../http/http';
import { type Credentials, isAccessToken, isOrganisationToken } from './credentials';
import { exchangeAccessToken, login, loginWithCode, type SecondFactorTicket } from './login';
import { tokenExpiry } from './tokenExpiry';

export type { Credentials } from './credentials';
export type { SecondFactorTicket } from './login';
export { tokenExpiry } from './tokenExpiry';

/** Who is signed in, and the bearer token that shows it. */
export interface SignedIn {
  readonly username: string;
  /** The bearer token. */
  readonly token: string;
  /** What it was obtained with and is renewed with, where that is an access token. Never a password. */
  readonly accessToken?: string;
}

/** Whom a server takes requests for. */
export interface Account {
  /** Of the user, or of the organisation. */
  readonly username: string;
  readonly isOrganisation: boolean;
}

/** Keeps the sign-in of one server. */
export interface TokenStore {
  get(): Promise<SignedIn | undefined>;
  set(signedIn: SignedIn): Promise<void>;
  delete(): Promise<void>;
}

/** What came of a user name and a secret. */
export type SignInAnswer =
  | { readonly kind: 'signedIn'; readonly signedIn: SignedIn }
  /** The password was right, and the account has a second factor. */
  | { readonly kind: 'codeNeeded'; readonly ticket: SecondFactorTicket };

/** A bearer token is renewed so long before its end, so that none ends on its way. */
const renewalMarginMs = 60_000;

/** Who is signed in to one server. A password is not kept; tokens only in the store. */
export class HubSession {
  readonly #http: Pick<HubHttp, 'post' | 'serverNow'>;
  readonly #store: TokenStore;
  /** Shared by all requests that find the token near its end. */
  #renewal: Promise<string | undefined> | undefined;
  /** The bearer token that could not be renewed: it is not tried again by itself, for failed logins lock the account. */
  #unrenewable: string | undefined;

  constructor(http: Pick<HubHttp, 'post' | 'serverNow'>, store: TokenStore) {
    this.#http = http;
    this.#store = store;
  }

  /**
   * Exchanges credentials for a bearer token and keeps that, and an access token beside it. Each request is sent once:
   * repeated failures lock the account.
   *
   * @throws {HubError} `unauthenticated` with the Hub's own reason.
   * @see POST /v2/auth/token, POST /v2/users/login
   */
  async signIn(credentials: Credentials, signal?: AbortSignal): Promise<SignInAnswer> {
    const { username, password } = credentials;
    if (!isAccessToken(password)) {
      const answer = await login(this.#http, credentials, signal);
      return answer.kind === 'codeNeeded' ? answer : this.#save({ username, token: answer.token });
    }
    const token = await this.#exchange(credentials, signal);
    return this.#save({ username, token, accessToken: password });
  }

  /**
   * Ends a sign-in with the code of the second factor.
   *
   * @throws {HubError} `unauthenticated` with the Hub's own reason.
   * @see POST /v2/users/2fa-login
   */
  async signInWithCode(
    ticket: SecondFactorTicket,
    code: string,
    signal?: AbortSignal,
  ): Promise<SignInAnswer> {
    const token = await loginWithCode(this.#http, ticket, code, signal);
    return this.#save({ username: ticket.username, token });
  }

  /**
   * The bearer token to send, if somebody is signed in; renewed when it is about to end, where that can be done without the
   * person. Whether it still holds, only the server knows.
   */
  async bearerToken(): Promise<string | undefined> {
    const stored = await this.#store.get();
    if (stored?.accessToken === undefined || !this.#endsSoon(stored.token)) {
      return stored?.token;
    }
    return (await this.renew()) ?? stored.token;
  }

  /**
   * Obtains a new bearer token with the access token that is stored. Once for each bearer token; failures are no errors, for
   * the old token is still there to be refused.
   *
   * @returns `undefined` where there is no access token, or the server did not take it.
   */
  async renew(): Promise<string | undefined> {
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  /** What the registry takes, which knows no bearer token of the Hub: only an access token is kept for that. */
  async registryCredentials(): Promise<Credentials | undefined> {
    const stored = await this.#store.get();
    return stored?.accessToken === undefined
      ? undefined
      : { username: stored.username, password: stored.accessToken };
  }

  /** Who is signed in. */
  async username(): Promise<string | undefined> {
    return (await this.#store.get())?.username;
  }

  /** Who is signed in, and whether that is an organisation by an access token of its own. */
  async account(): Promise<Account | undefined> {
    const stored = await this.#store.get();
    return (
      stored && {
        username: stored.username,
        isOrganisation: stored.accessToken !== undefined && isOrganisationToken(stored.accessToken),
      }
    );
  }

  async signOut(): Promise<void> {
    await this.#store.delete();
  }

  async #renew(): Promise<string | undefined> {
    const stored = await this.#store.get();
    if (stored?.accessToken === undefined || stored.token === this.#unrenewable) {
      return undefined;
    }
    this.#unrenewable = stored.token; // until there is another
    const { username, accessToken } = stored;
    try {
      const token = await this.#exchange({ username, password: accessToken });
      const isStillSignedIn = (await this.#store.get())?.accessToken === accessToken;
      if (isStillSignedIn) {
        await this.#store.set({ username, token, accessToken });
      }
      return isStillSignedIn ? token : undefined;
    } catch (error) {
      if (isHubError(error)) {
        return undefined;
      }
      throw error;
    }
  }

  /** @throws {HubError} */
  async #exchange(credentials: Credentials, signal?: AbortSignal): Promise<string> {
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

  async #save(signedIn: SignedIn): Promise<SignInAnswer> {
    await this.#store.set(signedIn);
    return { kind: 'signedIn', signedIn };
  }
}
