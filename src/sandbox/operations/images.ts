import { hasImageManagement, includes, roleIn } from '../access';
import { objectNotFound, ok, Refusal, refused, type Answer } from '../answer';
import { orderings, countImages, selectManifests } from '../listing';
import { statusOf, type SandboxManifest } from '../manifest';
import { pageOf, readPageRequest } from '../page';
import { QueryReader } from '../query';
import type { SandboxRepository } from '../repository';
import type { Call, Services } from '../route';
import { formatTime, oneMonthBefore } from '../time';
import type { Caller } from '../world';

export function imagesSummary(call: Call, services: Services): Answer {
  const { namespace } = readableNamespace(call, services);
  const reader = new QueryReader(call.query);
  const activeFrom = reader.time('active_from') ?? oneMonthBefore(call.now);
  reader.assertValid();
  const repository = existingRepository(call, services, namespace);
  return ok({ active_from: formatTime(activeFrom, 9), statistics: countImages(repository, activeFrom) });
}

export function listImages(call: Call, services: Services): Answer {
  const { namespace, user } = readableNamespace(call, services);
  assertPlan(user, call);
  const reader = new QueryReader(call.query);
  const status = reader.oneOf('status', ['active', 'inactive']);
  const ordering = reader.oneOf('ordering', orderings) ?? '-last_activity';
  const activeFrom = reader.time('active_from') ?? oneMonthBefore(call.now);
  const page = readPageRequest(reader);
  reader.assertValid();
  const repository = existingRepository(call, services, namespace);
  const selected = selectManifests(repository, { status, ordering, activeFrom });
  return ok(pageOf(selected, page, call, (manifest) => show(manifest, repository, activeFrom)));
}

/** @throws {Refusal} 403: the account's plan does not include image management. */
export function assertPlan(user: Caller, { operation }: Call): void {
  if (!hasImageManagement(user)) {
    const reason = 'image management is available on Pro and Team plans only';
    throw new Refusal(refused(403, reason, operation, user.username));
  }
}

function readableNamespace({ params, user, operation }: Call, { world }: Services) {
  const namespace = params['namespace'] ?? '';
  if (user === undefined || !includes(roleIn(user, world.findNamespace(namespace)), 'read')) {
    throw new Refusal(
      refused(401, 'unauthorized: no read access to the namespace', operation, user?.username),
    );
  }
  return { namespace, user };
}

function existingRepository(
  { params, user }: Call,
  { world }: Services,
  namespace: string,
): SandboxRepository {
  const repository = world.findRepository(namespace, params['repository'] ?? '');
  if (
    repository === undefined ||
    !includes(roleIn(user, world.findNamespace(namespace), repository), 'read')
  ) {
    throw new Refusal(objectNotFound);
  }
  return repository;
}

function show(manifest: SandboxManifest, repository: SandboxRepository, activeFrom: Date) {
  return {
    namespace: repository.namespace,
    repository: repository.name,
    digest: manifest.digest,
    tags: manifest.tagHistory.map((tag) => ({
      tag,
      is_current: repository.tags.get(tag) === manifest.digest,
    })),
    last_pushed: formatOptional(manifest.lastPushed),
    last_pulled: formatOptional(manifest.lastPulled),
    status: statusOf(manifest, activeFrom),
  };
}

function formatOptional(at: Date | undefined): string | null {
  return at === undefined ? null : formatTime(at, 6);
}
