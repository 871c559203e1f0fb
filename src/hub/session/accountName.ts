import * as v from 'valibot';
import { isHubError } from '../errors';
import type { HubHttp } from '../http/http';
import { parseNamespaceName } from '../names';
import { decode, object } from '../wireShape';
import { tokenClaims } from './tokenExpiry';

const username = v.object({ username: v.pipe(v.string(), v.check(isDockerId)) });
const user = object({
  username: v.pipe(v.string('expected a user name'), v.nonEmpty('expected a user name')),
});

/** Whether the text can be a Docker ID. Docker Hub accepts other texts for a sign-in, such as an email address. */
export function isDockerId(text: string): boolean {
  try {
    parseNamespaceName(text);
    return true;
  } catch {
    return false;
  }
}

/** Reads the Docker ID from the claims of a bearer token, which has it at the top or below the name of Docker Hub. */
export function usernameInToken(token: string): string | undefined {
  const claims = tokenClaims(token) as Record<string, unknown> | undefined;
  return [claims, claims?.['https://hub.docker.com']].map(usernameIn).find((name) => name !== undefined);
}

/**
 * Asks whose account the client's token is for.
 *
 * @returns `undefined` if the server does not say so, or not to this token.
 * @throws {HubError} No answer.
 * @see GET /v2/user/
 */
export async function readUsername(
  http: Pick<HubHttp, 'get'>,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    return decode(user, await http.get('/v2/user/', {}, signal)).username;
  } catch (error) {
    if (isHubError(error, 'unauthenticated', 'forbidden', 'notFound', 'gone', 'rejected', 'protocol')) {
      return undefined;
    }
    throw error;
  }
}

function usernameIn(claims: unknown): string | undefined {
  const found = v.safeParse(username, claims);
  return found.success ? found.output.username : undefined;
}
