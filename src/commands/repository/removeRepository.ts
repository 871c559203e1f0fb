import { formatRepository, type RepositoryRef } from '../../hub/names';
import { pickAddedRepository } from '../../interaction/pickers';
import type { Services, Target } from '../../interaction/services';

/** Removes repositories from the settings. Nothing changes on Docker Hub. */
export async function removeRepository(services: Services, target: Target): Promise<void> {
  for (const repository of await repositoriesToRemove(services, target)) {
    await services.settings.removeRepository(formatRepository(repository));
  }
}

async function repositoriesToRemove(services: Services, target: Target): Promise<readonly RepositoryRef[]> {
  if (target.kind === 'rows') {
    return target.rows.flatMap((row) =>
      row.kind === 'repository' && row.isRemovable ? [row.repository] : [],
    );
  }
  const picked = await pickAddedRepository(services);
  return picked === undefined ? [] : [picked];
}
