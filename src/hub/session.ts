import * as v from 'valibot';
import type { HubHttp } from './http';
import { decode, object } from './wireShape';

export { tokenExpiry } from './tokenExpiry';

/** What a person signs in with. The password may be an access token. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Who is signed in, and the bearer token that shows it. */
export interface SignedIn {
  readonly username: string;
  readonly token: string;
}

/** Keeps the token of one server. */
export interface TokenStore {
  get(): Promise<SignedIn | undefined>;
  set(signedIn: SignedIn): Promise<void>;
  delete(): Promise<void>;
}

/** Visible characters only: the token becomes part of a header. */
const loginAnswer = object({
  token: v.pipe(v.string('expected a token'), v.regex(/^[\x21-\x7e]+$/, 'expected a token')),
});

/** Who is signed in to one server. The password is not kept; the token only in the store. */
export class HubSession {
  readonly #http: Pick<HubHttp, 'post'>;
  readonly #store: TokenStore;

  constructor(http: Pick<HubHttp, 'post'>, store: TokenStore) {
    this.#http = http;
    this.#store = store;
  }

  /**
   * Exchanges credentials for a token and keeps that. Sent once: repeated failures lock the account.
   *
   * @throws {HubError} `unauthenticated` with the Hub's own reason.
   * @see POST /v2/users/login
   */
  async signIn({ username, password }: Credentials, signal?: AbortSignal): Promise<SignedIn> {
    const answer = await this.#http.post(
      '/v2/users/login',
      { username, password },
      { effect: 'login', confidential: [password], signal },
    );
    const signedIn = { username, token: decode(loginAnswer, answer).token };
    await this.#store.set(signedIn);
    return signedIn;
  }

  /** The token to send, if somebody is signed in. Whether it still holds, only the server knows. */
  async accessToken(): Promise<string | undefined> {
    return (await this.#store.get())?.token;
  }

  /** Who is signed in. */
  async username(): Promise<string | undefined> {
    return (await this.#store.get())?.username;
  }

  async signOut(): Promise<void> {
    await this.#store.delete();
  }
}
