import * as l10n from '@vscode/l10n';
import { formatRepository } from '../../hub/names';
import type { Services, Target } from '../../interaction/services';
import { repositoryFrom } from '../../interaction/subjects';
import { planMatching } from '../../planning/planMatching';
import { numberText } from '../../texts/formats';

/** Plans the deletion of every image of a repository that is certainly inactive, and opens the review. */
export async function deleteInactive(services: Services, target: Target): Promise<void> {
  const question = l10n.t('Select the repository to delete inactive images from');
  const repository = await repositoryFrom(services, target, question);
  if (repository === undefined || services.connections.current === undefined) {
    return;
  }
  const name = formatRepository(repository);
  await planMatching(services, {
    repositories: [repository],
    criteria: { status: 'inactive' },
    noMatchText: (uncertainCount) => noMatchText(name, uncertainCount),
  });
}

function noMatchText(name: string, uncertainCount: number): string {
  switch (uncertainCount) {
    case 0:
      return l10n.t('{0} has no inactive images.', name);
    case 1:
      return l10n.t(
        'No image in {0} is known to be inactive. 1 image has unknown or inconsistent times. To delete it, select it manually.',
        name,
      );
    default:
      return l10n.t(
        'No image in {0} is known to be inactive. {1} images have unknown or inconsistent times. To delete them, select them manually.',
        name,
        numberText(uncertainCount),
      );
  }
}
