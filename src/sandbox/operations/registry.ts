import { registryRights } from '../access';
import { Refusal, type Answer } from '../answer';
import { dropChildren } from '../deletion';
import type { SandboxManifest } from '../manifest';
import { describeReferrer, documentOf } from '../manifestDocument';
import { ociIndexType } from '../mediaTypes';
import type { SandboxRepository } from '../repository';
import type { Call, Services } from '../route';
import type { Caller } from '../world';

/** What a registry says of a route that it does not have. */
const routeNotFound: Answer = { status: 404, body: '404 page not found\n' };

/** Lifetime of a registry token, in seconds. */
const lifetimeSeconds = 300;

/** What is asked for and may not be had is left out of the grant, and the answer is 200 all the same. */
export function issueRegistryToken({ query, authorization, now }: Call, { world, tokens }: Services): Answer {
  const user = authorization === undefined ? undefined : userOf(authorization, world);
  if (authorization !== undefined && user === undefined) {
    return { status: 401, body: { details: 'incorrect username or password' } };
  }
  const [, name = '', wanted = ''] = /^repository:(.+):([a-z,*]+)$/.exec(query['scope'] ?? '') ?? [];
  const [namespaceName = '', repositoryName = ''] = name.split('/');
  const namespace = world.findNamespace(namespaceName);
  const repository = namespace?.repositories.get(repositoryName);
  const rights = registryRights(user, namespace, repository);
  const actions = wanted.split(',').filter((action) => rights.has(action));
  const access = {
    type: 'repository',
    name,
    actions,
    ...(user === undefined && { parameters: { pull_limit: '100', pull_limit_interval: '21600' } }),
  } as const;
  const token = tokens.issue(user?.username ?? '', 'registry', lifetimeSeconds * 1000, [access]);
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

/** Returns the headers of the corresponding GET. It does not count as a pull. */
export function headRegistryManifest(call: Call, services: Services): Answer {
  return showManifest(...findManifest(call, services));
}

/** Hands out the manifest, which counts as a pull. */
export function getRegistryManifest(call: Call, services: Services): Answer {
  const [repository, manifest] = findManifest(call, services);
  if (!call.isWithoutEffect) {
    repository.pull(manifest.digest, call.now);
  }
  return showManifest(repository, manifest);
}

/** An index takes its children along, unless something else holds them. */
export function deleteRegistryManifest(call: Call, services: Services): Answer {
  const repository = granted(call, services, 'delete');
  const reference = call.params['reference'] ?? '';
  if (!reference.includes(':')) {
    return registryError(405, 'UNSUPPORTED', 'The operation is unsupported.');
  }
  const manifest = repository.get(reference);
  if (manifest === undefined) {
    return registryError(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  }
  if (repository.currentTags(manifest).length > 0 || repository.isChild(reference)) {
    return registryError(403, 'DENIED', 'manifest is referenced by other images');
  }
  if (!call.isWithoutEffect) {
    services.lists.noteDeletion(repository, call.now);
    const removed = new Set([reference]);
    dropChildren(repository, removed);
    repository.remove(removed);
  }
  return { status: 202, body: '' };
}

/** Manifests whose subject is the digest, whether or not that is there. */
export function listReferrers(call: Call, services: Services): Answer {
  if (!services.hasReferrers) {
    return routeNotFound;
  }
  const repository = granted(call, services, 'pull');
  const wanted = call.query['artifactType'];
  const manifests = [...repository.referrersOf(call.params['digest'] ?? '')]
    .flatMap((digest) => repository.get(digest) ?? [])
    .filter(({ artifactType }) => wanted === undefined || artifactType === wanted)
    .map(describeReferrer);
  return {
    status: 200,
    headers: {
      'content-type': ociIndexType,
      ...(wanted !== undefined && { 'oci-filters-applied': 'artifactType' }),
    },
    body: { schemaVersion: 2, mediaType: ociIndexType, manifests },
  };
}

export function listRegistryTags(call: Call, services: Services): Answer {
  const repository = granted(call, services, 'pull');
  const { n = '100', last = '' } = call.query;
  const names = [...repository.tags.keys()].sort().filter((name) => name > last);
  const page = names.slice(0, Number(n));
  const next = `</v2/${repository.namespace}/${repository.name}/tags/list?n=${n}&last=${page.at(-1) ?? ''}>; rel="next"`;
  return {
    status: 200,
    body: { name: `${repository.namespace}/${repository.name}`, tags: page },
    ...(page.length < names.length && { headers: { link: next } }),
  };
}

/** @throws {Refusal} 401: no token, one that does not hold, or one that does not allow it. */
function granted(
  { authorization = '', params }: Call,
  { world, tokens }: Services,
  action: string,
): SandboxRepository {
  const [, token = ''] = /^Bearer (\S+)$/.exec(authorization) ?? [];
  const name = `${params['namespace'] ?? ''}/${params['repository'] ?? ''}`;
  const access = tokens.access(token);
  const challenge = `Bearer realm="/token",service="registry.docker.io",scope="repository:${name}:${action}"`;
  if (access === undefined) {
    throw new Refusal(unauthorized(challenge));
  }
  if (!access.some((entry) => entry.name === name && entry.actions.includes(action))) {
    throw new Refusal(unauthorized(`${challenge},error="insufficient_scope"`));
  }
  const repository = world.findRepository(params['namespace'] ?? '', params['repository'] ?? '');
  if (repository === undefined) {
    throw new Refusal(registryError(404, 'NAME_UNKNOWN', 'repository name not known to registry'));
  }
  return repository;
}

/** @throws {Refusal} 404: there is no such tag or digest. */
function findManifest(call: Call, services: Services): readonly [SandboxRepository, SandboxManifest] {
  const repository = granted(call, services, 'pull');
  const reference = call.params['reference'] ?? '';
  const manifest = repository.get(repository.tags.get(reference) ?? reference);
  if (manifest === undefined) {
    throw new Refusal(registryError(404, 'MANIFEST_UNKNOWN', 'manifest unknown'));
  }
  return [repository, manifest];
}

function showManifest(repository: SandboxRepository, manifest: SandboxManifest): Answer {
  const { mediaType, digest } = manifest;
  const headers = { 'content-type': mediaType, 'docker-content-digest': digest };
  return { status: 200, headers, body: documentOf(manifest, repository) };
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

function unauthorized(challenge: string): Answer {
  return {
    ...registryError(401, 'UNAUTHORIZED', 'authentication required'),
    headers: { 'www-authenticate': challenge },
  };
}

function registryError(status: number, code: string, message: string): Answer {
  return { status, body: { errors: [{ code, message, detail: null }] } };
}
