import { isHubError } from '../errors';
import { effectPolicies, type RequestEffect } from './requestPolicy';
import { type AskToSignIn, SignInAgain } from './signInAgain';

/** A request that carries a bearer token, as far as a refusal (401) depends on it. */
export interface AuthenticatedRequest {
  /** Without the query. A request with the same path as the refused one cannot serve as a probe. */
  readonly path: string;
  readonly effect: RequestEffect;
  /** Aborts when the caller no longer waits for the answer. */
  readonly signal: AbortSignal;
  /** The token of each attempt, oldest first; `undefined` where none was sent. */
  readonly tokens: readonly (string | undefined)[];
}

/** How {@link Reauthentication} reaches the session and the server. */
export interface ReauthenticationOptions<R extends AuthenticatedRequest> {
  /** The current token; it differs from the refused one after a renewal or a new sign-in. */
  readonly accessToken: () => Promise<string | undefined>;
  /** Without it a refused request fails at once, unless there is already another token. */
  readonly onUnauthenticated: AskToSignIn | undefined;
  /**
   * Repeats a successful read to find out whether its token is still valid. Rejects if it is not.
   *
   * @param refused The request whose refusal is the reason.
   */
  readonly probe: (read: R, refused: R) => Promise<unknown>;
}

/** Repeats requests that were refused with 401 once there is a new token. */
export class Reauthentication<R extends AuthenticatedRequest> {
  readonly #options: ReauthenticationOptions<R>;
  readonly #signInAgain: SignInAgain | undefined;
  /** The latest successful read with a token. */
  #lastAccepted: { readonly token: string; readonly request: R } | undefined;
  /** Shared by all requests that are refused at the same time. */
  #probe: Promise<unknown> | undefined;

  constructor(options: ReauthenticationOptions<R>) {
    this.#options = options;
    this.#signInAgain =
      options.onUnauthenticated === undefined ? undefined : new SignInAgain(options.onUnauthenticated);
  }

  /** Records that the server answered a read that carried this token. */
  noteAccepted(token: string, request: R): void {
    this.#lastAccepted = { token, request };
  }

  /**
   * Sends the request, and sends it a second time if it was refused and there is a new token. Requests that must not be
   * repeated ({@link effectPolicies}) are sent once.
   *
   * @throws {HubError} `unauthenticated`: the user did not sign in again, or the new token was refused as well.
   */
  async send<T>(request: R, send: () => Promise<T>): Promise<T> {
    const refusals = this.#signInAgain?.refusals;
    try {
      return await send();
    } catch (error) {
      if (!isHubError(error, 'unauthenticated') || !(await this.#hasNewToken(request, refusals))) {
        throw error;
      }
      return send();
    }
  }

  /** @param refusals How often the user had declined to sign in when the request was first sent. */
  async #hasNewToken(request: R, refusals: number | undefined): Promise<boolean> {
    const refused = request.tokens.at(-1);
    if (refused === undefined || !effectPolicies[request.effect].isRepeatable) {
      return false;
    }
    const token = await this.#options.accessToken();
    if (token !== undefined && token !== refused) {
      return true; // a sign-in or renewal finished after the request was sent
    }
    if (this.#signInAgain === undefined || this.#signInAgain.refusals !== refusals) {
      return false;
    }
    if (await this.#isStillAccepted(refused, request)) {
      return false; // a permission is missing, which no password grants
    }
    return this.#signInAgain.ask(request.signal);
  }

  /**
   * Docker Hub answers 401 to an expired token, but also to a valid one whose account may not read the resource. To
   * distinguish the two, a request that succeeded with this token is repeated.
   */
  async #isStillAccepted(token: string, refused: R): Promise<boolean> {
    const known = this.#lastAccepted;
    if (known?.token !== token || known.request.path === refused.path) {
      return false;
    }
    try {
      await (this.#probe ??= this.#options
        .probe(known.request, refused)
        .finally(() => (this.#probe = undefined)));
      return true;
    } catch {
      return false;
    }
  }
}
