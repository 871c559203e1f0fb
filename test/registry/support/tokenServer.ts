import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credentials } from '../../../src/hub/session/credentials';
import type { SigningKey } from './signingKey';

export const issuer = 'hub-images-test';
export const service = 'registry.test';

/** The only account. */
export const demo: Credentials = { username: 'demo', password: 'dckr_pat_of-the-real-registry' };

/** How tokens are given out from now on. */
export interface TokenRules {
  /** What each may at most, whatever is asked for; nobody's name is empty. */
  readonly rights: Readonly<Record<string, readonly string[]>>;
  /** Whether tokens have ended when they are given out, though they are said to live. */
  readonly areOver: boolean;
  /** What is said of their life. */
  readonly lifetimeSeconds: number;
}

/** One request, without its secret. */
export interface TokenRequest {
  readonly username: string;
  readonly scopes: readonly string[];
}

export interface TokenServer {
  readonly realm: URL;
  readonly change: (rules: Partial<TokenRules>) => void;
  readonly requests: readonly TokenRequest[];
  /** As new: what tests have changed is forgotten. */
  readonly reset: () => void;
  readonly stop: () => Promise<void>;
}

/** Longer than the minute by which the registry takes a token that has ended. */
const overForSeconds = 300;

/**
 * Gives out tokens as Docker's own server does: what may not be had is left out, and the status is 200 all the same.
 *
 * @see distribution, "Docker Registry v2 authentication" and "Token Authentication Implementation"
 */
export async function startTokenServer(key: SigningKey): Promise<TokenServer> {
  let rules = usualRules;
  const requests: TokenRequest[] = [];
  const server = createServer((request, response) => {
    answer(request, response, key, rules, requests);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  return {
    realm: new URL(`http://127.0.0.1:${port}/token`),
    change: (changes) => (rules = { ...rules, ...changes }),
    requests,
    reset: () => {
      rules = usualRules;
      requests.length = 0;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A token for one repository, without asking for it. */
export function tokenOf(key: SigningKey, name: string, actions: readonly string[]): string {
  return key.signed(claimsOf(demo.username, [{ type: 'repository', name, actions }], usualRules));
}

const usualRules: TokenRules = {
  rights: { '': ['pull'], [demo.username]: ['pull', 'push', 'delete'] },
  areOver: false,
  lifetimeSeconds: 300,
};

function answer(
  { url = '/', headers: { authorization } }: IncomingMessage,
  response: ServerResponse,
  key: SigningKey,
  rules: TokenRules,
  requests: TokenRequest[],
): void {
  const username = usernameOf(authorization);
  const { searchParams } = new URL(url, 'http://127.0.0.1');
  const scopes = searchParams.getAll('scope').flatMap((scope) => scope.split(' '));
  if (username === undefined || searchParams.get('service') !== service) {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ details: 'incorrect username or password' }));
    return;
  }
  requests.push({ username, scopes });
  const access = scopes.flatMap((scope) => grantFor(scope, username, rules.rights[username] ?? []));
  const token = key.signed(claimsOf(username, access, rules));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ token, access_token: token, expires_in: rules.lifetimeSeconds }));
}

function grantFor(scope: string, username: string, rights: readonly string[]) {
  const [, name, asked = ''] = /^repository:(.+):([a-z,*]+)$/.exec(scope) ?? [];
  if (name === undefined) return [];
  const actions = asked === '*' ? rights : asked.split(',').filter((action) => rights.includes(action));
  return [
    {
      type: 'repository',
      name,
      actions,
      ...(username === '' && { parameters: { pull_limit: '100', pull_limit_interval: '21600' } }),
    },
  ];
}

function claimsOf(username: string, access: readonly object[], { areOver, lifetimeSeconds }: TokenRules) {
  const now = Math.floor(Date.now() / 1000);
  const issuedAt = areOver ? now - lifetimeSeconds - overForSeconds : now;
  return {
    iss: issuer,
    sub: username,
    aud: service,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + lifetimeSeconds,
    jti: randomUUID(),
    access,
  };
}

/** @returns Empty for nobody, `undefined` for somebody else. */
function usernameOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return '';
  const expected = Buffer.from(`${demo.username}:${demo.password}`).toString('base64');
  return authorization === `Basic ${expected}` ? demo.username : undefined;
}
