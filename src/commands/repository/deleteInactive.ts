import * as l10n from '@vscode/l10n';
import { formatRepository } from '../../hub/names';
import type { Services, Target } from '../../interaction/services';
import { repositoryFrom } from '../../interaction/subjects';
import { planMatching } from '../../planning/planMatching';

/** Plans the deletion of every image of a repository that is certainly inactive, and opens the review. */
export async function deleteInactive(services: Services, target: Target): Promise<void> {
  const question = l10n.t('Repository whose inactive images are deleted');
  const repository = await repositoryFrom(services, target, question);
  if (repository === undefined || services.connections.current === undefined) {
    return;
  }
  const name = formatRepository(repository);
  await planMatching(services, {
    repositories: [repository],
    criteria: { status: 'inactive' },
    noMatchText: (uncertainCount) =>
      uncertainCount === 0
        ? l10n.t('{0} has no inactive images.', name)
        : l10n.t(
            '{0} has no image that is inactive beyond doubt. The times of {1} are unknown or contradictory; select them by hand if they shall go.',
            name,
            uncertainCount,
          ),
  });
}
