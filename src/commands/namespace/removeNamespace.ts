import type { NamespaceName } from '../../hub/names';
import { pickAddedNamespace } from '../../interaction/pickers';
import type { Services, Target } from '../../interaction/services';

/** Removes namespaces from the settings. Nothing changes on Docker Hub. */
export async function removeNamespace(services: Services, target: Target): Promise<void> {
  for (const name of await namespacesToRemove(services, target)) {
    await services.settings.removeNamespace(name);
  }
}

async function namespacesToRemove(services: Services, target: Target): Promise<readonly NamespaceName[]> {
  if (target.kind === 'rows') {
    return target.rows.flatMap((row) =>
      row.kind === 'namespace' && row.isRemovable ? [row.namespace.name] : [],
    );
  }
  const picked = await pickAddedNamespace(services);
  return picked === undefined ? [] : [picked];
}
