import type { SandboxRepository } from './repository';
import type { Plan, Role, SandboxNamespace, SandboxUser } from './world';

const order: readonly Role[] = ['none', 'read', 'write', 'admin'];
const plansWithImageManagement: ReadonlySet<Plan> = new Set(['pro', 'team']);

/** Role in the repository, or in its namespace where the repository says nothing of its own. */
export function roleIn(
  user: SandboxUser | undefined,
  namespace: SandboxNamespace | undefined,
  repository?: SandboxRepository,
): Role {
  if (user === undefined) {
    return 'none';
  }
  return repository?.roles.get(user.username) ?? namespace?.members.get(user.username) ?? 'none';
}

export function includes(role: Role, wanted: Role): boolean {
  return order.indexOf(role) >= order.indexOf(wanted);
}

export function hasImageManagement(user: SandboxUser): boolean {
  return plansWithImageManagement.has(user.plan);
}

/** Public repositories are seen by everybody, private ones by whoever has a role. */
export function canSee(
  user: SandboxUser | undefined,
  namespace: SandboxNamespace,
  repository: SandboxRepository,
): boolean {
  return !repository.isPrivate || includes(roleIn(user, namespace, repository), 'read');
}
