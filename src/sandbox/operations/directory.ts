import { canSee, includes, isListedTo, roleIn } from '../access';
import { objectNotFound, ok, Refusal, refused, type Answer } from '../answer';
import { pageOf, readPageRequest } from '../page';
import { QueryReader } from '../query';
import type { SandboxRepository } from '../repository';
import type { Call, Services } from '../route';
import { showDetails, showRepository } from '../repositoryWire';
import type { Caller } from '../world';

const repositoryOrderings = [
  'name',
  '-name',
  'last_updated',
  '-last_updated',
  'pull_count',
  '-pull_count',
] as const;
type RepositoryOrdering = (typeof repositoryOrderings)[number];

export function getUser(call: Call): Answer {
  const { username, fullName } = signedIn(call);
  return ok({
    id: `sandbox-${username}`,
    uuid: `sandbox-${username}`,
    username,
    full_name: fullName,
    location: '',
    company: '',
    type: 'User',
  });
}

/** Namespaces in which the user may own repositories. */
export function listOwnNamespaces(call: Call, { world }: Services): Answer {
  const user = signedIn(call);
  const own = [...world.namespaces].filter((namespace) => includes(roleIn(user, namespace), 'admin'));
  return ok({ namespaces: own.map(({ name }) => name), next: null });
}

export function listOrganisations(call: Call, { world }: Services): Answer {
  const user = signedIn(call);
  const reader = new QueryReader(call.query);
  const page = readPageRequest(reader);
  reader.assertValid();
  const organizations = [...world.namespaces].filter(
    (namespace) => namespace.kind === 'organization' && includes(roleIn(user, namespace), 'read'),
  );
  return ok(
    pageOf(organizations, page, call, ({ name, fullName }) => ({
      id: `sandbox-${name}`,
      orgname: name,
      full_name: fullName,
      location: '',
      company: '',
      type: 'Organization',
    })),
  );
}

/** A namespace that does not exist looks like one without repositories. */
export function listRepositories(call: Call, { world }: Services): Answer {
  const reader = new QueryReader(call.query);
  const page = readPageRequest(reader);
  const ordering = reader.oneOf('ordering', repositoryOrderings) ?? 'name';
  const part = reader.text('name') ?? '';
  reader.assertValid();
  const namespace = world.findNamespace(call.params['namespace'] ?? '');
  const visible = [...(namespace?.repositories.values() ?? [])].filter(
    (repository) =>
      namespace !== undefined &&
      isListedTo(call.user, namespace, repository) &&
      repository.name.includes(part),
  );
  const answer = pageOf(visible.sort(comparing(ordering)), page, call, showRepository);
  return page.page > 1 && answer.results.length === 0 ? objectNotFound : ok(answer);
}

export function getRepository({ params, user }: Call, { world }: Services): Answer {
  const namespace = world.findNamespace(params['namespace'] ?? '');
  const repository = namespace?.repositories.get(params['repository'] ?? '');
  if (namespace === undefined || repository === undefined || !canSee(user, namespace, repository)) {
    return objectNotFound;
  }
  return ok(showDetails(repository, roleIn(user, namespace, repository)));
}

function signedIn({ user, operation }: Call): Caller {
  if (user === undefined) {
    throw new Refusal(refused(401, 'unauthorized', operation));
  }
  return user;
}

function comparing(ordering: RepositoryOrdering): (a: SandboxRepository, b: SandboxRepository) => number {
  const sign = ordering.startsWith('-') ? -1 : 1;
  const byName = (a: SandboxRepository, b: SandboxRepository) => (a.name < b.name ? -1 : 1);
  switch (ordering) {
    case 'name':
    case '-name':
      return (a, b) => sign * byName(a, b);
    case 'last_updated':
    case '-last_updated':
      return (a, b) =>
        sign * ((a.lastUpdated?.getTime() ?? 0) - (b.lastUpdated?.getTime() ?? 0)) || byName(a, b);
    case 'pull_count':
    case '-pull_count':
      return (a, b) => sign * (a.pullCount - b.pullCount) || byName(a, b);
  }
}
