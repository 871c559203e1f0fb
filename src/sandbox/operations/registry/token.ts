import { registryRights } from '../../access';
import type { Answer } from '../../answer';
import type { Call, Services } from '../../route';
import type { RegistryAccess } from '../../tokens';
import type { Caller } from '../../world';

/** Lifetime of a registry token, in seconds. */
const lifetimeSeconds = 300;

/** What is asked for and may not be had is left out of the grant, and the answer is 200 all the same. */
export function issueRegistryToken({ query, authorization, now }: Call, { world, tokens }: Services): Answer {
  const user = authorization === undefined ? undefined : userOf(authorization, world);
  if (authorization !== undefined && user === undefined) {
    return { status: 401, body: { details: 'incorrect username or password' } };
  }
  const access = scopesOf(query['scope'] ?? '').flatMap((scope) => accessFor(scope, user, world));
  const token = tokens.issue(user?.username ?? '', 'registry', lifetimeSeconds * 1000, access);
  return {
    status: 200,
    body: {
      token,
      access_token: token,
      expires_in: lifetimeSeconds,
      issued_at: now.toISOString(),
    },
  };
}

/** A scope that was sent more than once arrives joined with commas, which its actions have, too. */
function scopesOf(text: string): readonly string[] {
  return text.split(/ |,(?=[a-z]+(?:\([a-z]+\))?:)/);
}

function accessFor(
  scope: string,
  user: Caller | undefined,
  world: Services['world'],
): readonly RegistryAccess[] {
  const [, name, wanted = ''] = /^repository:(.+):([a-z,*]+)$/.exec(scope) ?? [];
  if (name === undefined) {
    return [];
  }
  const [namespaceName = '', repositoryName = ''] = name.split('/');
  const namespace = world.findNamespace(namespaceName);
  const rights = registryRights(user, namespace, namespace?.repositories.get(repositoryName));
  return [
    {
      type: 'repository',
      name,
      actions: wanted === '*' ? [...rights] : wanted.split(',').filter((action) => rights.has(action)),
      ...(user === undefined && { parameters: { pull_limit: '100', pull_limit_interval: '21600' } }),
    },
  ];
}

function userOf(authorization: string, world: Services['world']): Caller | undefined {
  const [, encoded = ''] = /^Basic (\S+)$/.exec(authorization) ?? [];
  const [username = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  const user = world.findUser(username);
  const secret = rest.join(':');
  const isPassword = user?.password === secret && user.secondFactorCode === undefined;
  const isAccessToken = user?.accessTokens?.includes(secret) === true;
  return isPassword || isAccessToken ? user : world.findOrganisationCaller(username, secret);
}
