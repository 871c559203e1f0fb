import * as v from 'valibot';
import { HubError } from '../errors';
import type { HubAnswer, HubHttp } from '../http/http';
import { decode, object } from '../wireShape';
import type { Credentials } from './credentials';

/** The part of the HTTP client that logins use. */
export type LoginHttp = Pick<HubHttp, 'post'>;

/** Proof of a correct password. Together with the code of the second factor it is exchanged for a bearer token. */
export interface SecondFactorTicket {
  readonly username: string;
  /** `login_2fa_token`; short-lived and secret. */
  readonly token: string;
}

/** Result of a login with a password: a bearer token, or a ticket if the account has a second factor. */
export type LoginAnswer =
  | { readonly kind: 'signedIn'; readonly token: string }
  | { readonly kind: 'codeNeeded'; readonly ticket: SecondFactorTicket };

/** Visible ASCII characters only, because the token becomes part of a header. */
const token = v.pipe(v.string('expected a token'), v.regex(/^[\x21-\x7e]+$/, 'expected a token'));
const loginAnswer = object({ token });
const exchangeAnswer = object({ access_token: token });
const secondFactorAnswer = object({ login_2fa_token: v.pipe(v.string(), v.nonEmpty()) });

/** Statuses of servers that do not have the route. */
const missingRouteStatuses: readonly (number | undefined)[] = [404, 405, 501];

/**
 * Exchanges an access token for a bearer token, which is valid for about ten minutes. Sent once.
 *
 * @returns `undefined` if the server does not have the route.
 * @throws {HubError} `unauthenticated` (401) with the server's own reason.
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
 * Exchanges a user name and a password or access token for a bearer token. Sent once, because repeated failures lock
 * the account.
 *
 * @throws {HubError} `unauthenticated` (401) with the server's own reason.
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
 * Completes a login with the code of the second factor. Sent once.
 *
 * @param code As shown by the user's authenticator app.
 * @returns The bearer token.
 * @throws {HubError} `unauthenticated` (401) with the server's own reason.
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
