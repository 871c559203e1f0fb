import type { OrganisationScope } from './organisationToken';
import type { SandboxRepository } from './repository';
import type { Role } from './role';
import type { Caller, Plan, SandboxNamespace } from './world';

const order: readonly Role[] = ['none', 'read', 'write', 'admin'];
const plansWithImageManagement: ReadonlySet<Plan> = new Set(['pro', 'team']);

/** Role in the repository, or in its namespace where the repository says nothing of its own. */
export function roleIn(
  user: Caller | undefined,
  namespace: SandboxNamespace | undefined,
  repository?: SandboxRepository,
): Role {
  if (user === undefined) {
    return 'none';
  }
  if (user.scopes !== undefined) {
    return namespace?.name === user.username ? roleOf(user.scopes) : 'none';
  }
  return repository?.roles.get(user.username) ?? namespace?.members.get(user.username) ?? 'none';
}

export function includes(role: Role, wanted: Role): boolean {
  return order.indexOf(role) >= order.indexOf(wanted);
}

export function hasImageManagement(user: Pick<Caller, 'plan'>): boolean {
  return plansWithImageManagement.has(user.plan);
}

/**
 * Public repositories are seen by everybody, private ones by whoever has a role. A token of an organization sees nothing
 * outside of it.
 */
export function canSee(
  user: Caller | undefined,
  namespace: SandboxNamespace,
  repository: SandboxRepository,
): boolean {
  if (user?.scopes !== undefined) {
    return (
      namespace.name === user.username && (!repository.isPrivate || user.scopes.has('scope-repository-read'))
    );
  }
  return !repository.isPrivate || includes(roleIn(user, namespace, repository), 'read');
}

/** Whether a listing has it: without the list scope it silently leaves out what is private. */
export function isListedTo(
  user: Caller | undefined,
  namespace: SandboxNamespace,
  repository: SandboxRepository,
): boolean {
  return user?.scopes === undefined
    ? canSee(user, namespace, repository)
    : namespace.name === user.username && (!repository.isPrivate || user.scopes.has('scope-repository-list'));
}

export function mayDeleteTag(
  user: Caller | undefined,
  namespace: SandboxNamespace | undefined,
  repository: SandboxRepository,
): boolean {
  const isOwn = user?.username === namespace?.name;
  return user?.scopes === undefined
    ? includes(roleIn(user, namespace, repository), 'admin')
    : isOwn && user.scopes.has('scope-tag-admin');
}

/** What the registry grants. */
export function registryRights(
  user: Caller | undefined,
  namespace: SandboxNamespace | undefined,
  repository: SandboxRepository | undefined,
): ReadonlySet<string> {
  if (namespace === undefined) {
    return new Set();
  }
  if (repository === undefined) {
    return mayCreateRepository(user, namespace) ? new Set(['pull', 'push']) : new Set();
  }
  if (user?.scopes !== undefined) {
    const { scopes } = user;
    const isOwn = namespace.name === user.username;
    return new Set(
      ['pull', 'push', 'delete'].filter(
        (right) => isOwn && scopes.has(`scope-image-${right}` as OrganisationScope),
      ),
    );
  }
  const role = roleIn(user, namespace, repository);
  return new Set([
    ...(canSee(user, namespace, repository) ? ['pull'] : []),
    ...(includes(role, 'write') ? ['push'] : []),
    ...(includes(role, 'admin') ? ['delete'] : []),
  ]);
}

/** A first push creates the repository. */
function mayCreateRepository(user: Caller | undefined, namespace: SandboxNamespace): boolean {
  return user?.scopes === undefined
    ? includes(roleIn(user, namespace), 'write')
    : namespace.name === user.username && user.scopes.has('scope-image-push');
}

/** Where a route asks for a role: deletion of images with their tags is an admin's. */
function roleOf(scopes: ReadonlySet<OrganisationScope>): Role {
  return scopes.has('scope-image-delete') && scopes.has('scope-tag-admin') ? 'admin' : 'read';
}
