import * as v from 'valibot';
import { HubError } from '../errors';
import type { HubAnswer, HubHttp } from '../http/http';
import { decode, object } from '../wireShape';
import type { Credentials } from './credentials';

/** As much of the client as logins need. */
export type LoginHttp = Pick<HubHttp, 'post'>;

/** Shows that the password was right; it becomes a bearer token together with the code of the second factor. */
export interface SecondFactorTicket {
  readonly username: string;
  readonly token: string;
}

export type LoginAnswer =
  | { readonly kind: 'signedIn'; readonly token: string }
  | { readonly kind: 'codeNeeded'; readonly ticket: SecondFactorTicket };

/** Visible characters only: the token becomes part of a header. */
const token = v.pipe(v.string('expected a token'), v.regex(/^[\x21-\x7e]+$/, 'expected a token'));
const loginAnswer = object({ token });
const exchangeAnswer = object({ access_token: token });
const secondFactorAnswer = object({ login_2fa_token: v.pipe(v.string(), v.nonEmpty()) });

/** What servers answer for a route that they do not have. */
const missingRouteStatuses: readonly (number | undefined)[] = [404, 405, 501];

/**
 * Exchanges an access token for a bearer token, which lives about ten minutes. Sent once.
 *
 * @returns `undefined` where the server does not have the route.
 * @throws {HubError} `unauthenticated` with the Hub's own reason.
 * @see POST /v2/auth/token
 */
export async function exchangeAccessToken(
  http: LoginHttp,
  { username, password }: Credentials,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const answer = await http.post(
      '/v2/auth/token',
      { identifier: username, secret: password },
      { effect: 'login', confidential: [password], signal },
    );
    return decode(exchangeAnswer, answer).access_token;
  } catch (error) {
    if (error instanceof HubError && missingRouteStatuses.includes(error.status)) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Exchanges a user name and a password, or an access token in its place, for a bearer token. Sent once: repeated
 * failures lock the account.
 *
 * @throws {HubError} `unauthenticated` with the Hub's own reason.
 * @see POST /v2/users/login
 */
export async function login(
  http: LoginHttp,
  { username, password }: Credentials,
  signal?: AbortSignal,
): Promise<LoginAnswer> {
  const answer = await http.post(
    '/v2/users/login',
    { username, password },
    { effect: 'login', accept: [401], confidential: [password], signal },
  );
  if (answer.error === undefined) {
    return { kind: 'signedIn', token: decode(loginAnswer, answer).token };
  }
  const ticket = ticketIn(answer);
  if (ticket === undefined) {
    throw answer.error;
  }
  return { kind: 'codeNeeded', ticket: { username, token: ticket } };
}

/**
 * The second step of a login with a second factor. Sent once.
 *
 * @param code As the person's authenticator shows it.
 * @throws {HubError} `unauthenticated` with the Hub's own reason.
 * @see POST /v2/users/2fa-login
 */
export async function loginWithCode(
  http: LoginHttp,
  ticket: SecondFactorTicket,
  code: string,
  signal?: AbortSignal,
): Promise<string> {
  const answer = await http.post(
    '/v2/users/2fa-login',
    { login_2fa_token: ticket.token, code },
    { effect: 'login', confidential: [ticket.token, code], signal },
  );
  return decode(loginAnswer, answer).token;
}

function ticketIn({ body }: HubAnswer): string | undefined {
  const found = v.safeParse(secondFactorAnswer, body);
  return found.success ? found.output.login_2fa_token : undefined;
}
