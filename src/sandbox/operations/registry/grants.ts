import { Refusal, type Answer } from '../../answer';
import type { SandboxRepository } from '../../repository';
import type { Call, Services } from '../../route';
import { registryError, registryRefusal } from './registryError';

type Action = 'pull' | 'push' | 'delete';

/** Whether there is such a service, and a token that it accepts, whatever that allows. */
export function checkRegistry(call: Call, { tokens }: Services): Answer {
  if (tokens.access(bearerToken(call)) === undefined) {
    throw new Refusal(unauthorized(challengeOf(call)));
  }
  return { status: 200, body: {} };
}

/**
 * The repository of the request. A push creates it, as on Docker Hub.
 *
 * @throws {Refusal} 401: no token, one that is not valid, or one that does not allow the action; 404: no such repository.
 */
export function granted(call: Call, services: Services, action: Action): SandboxRepository {
  const { namespace = '', repository: repositoryName = '' } = call.params;
  const name = `${namespace}/${repositoryName}`;
  const challenge = `${challengeOf(call)},scope="repository:${name}:${scopeFor(action)}"`;
  if (!isGranted(call, services, action)) {
    const isTooSmall = services.tokens.access(bearerToken(call)) !== undefined;
    throw new Refusal(unauthorized(isTooSmall ? `${challenge},error="insufficient_scope"` : challenge));
  }
  const repository = services.world.findRepository(namespace, repositoryName);
  if (repository === undefined && action !== 'push') {
    throw registryRefusal(404, 'NAME_UNKNOWN', 'repository name not known to registry', { name });
  }
  return repository ?? services.world.addRepository(name, { registeredAt: call.now });
}

/** Whether the token allows the action in the repository that the call names. */
export function isGranted(call: Call, { tokens }: Services, action: Action): boolean {
  const { namespace = '', repository = '' } = call.params;
  const access = tokens.access(bearerToken(call)) ?? [];
  return access.some(
    ({ name, actions }) => name === `${namespace}/${repository}` && actions.includes(action),
  );
}

/** Name of the account that the token was issued to; empty for nobody. */
export function callerOf(call: Call, { tokens }: Services): string {
  return tokens.verify(bearerToken(call), 'registry') ?? '';
}

/** Whoever pushes is asked for the right to pull, too, as by other registries. */
function scopeFor(action: Action): string {
  return action === 'push' ? 'pull,push' : action;
}

function bearerToken({ authorization = '' }: Call): string {
  return /^Bearer (\S+)$/.exec(authorization)?.[1] ?? '';
}

function challengeOf({ origin }: Call): string {
  return `Bearer realm="${origin}/token",service="registry.docker.io"`;
}

function unauthorized(challenge: string): Answer {
  return {
    ...registryError(401, 'UNAUTHORIZED', 'authentication required'),
    headers: { 'www-authenticate': challenge },
  };
}
