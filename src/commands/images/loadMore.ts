import * as l10n from '@vscode/l10n';
import type { Services, Target } from '../../interaction/services';
import { repositoryFrom } from '../../interaction/subjects';

/** Loads the next page of a repository's images. */
export async function loadMore(services: Services, target: Target): Promise<void> {
  const repository = await repositoryFrom(
    services,
    target,
    l10n.t('Select the repository to load more images of'),
  );
  if (repository !== undefined) {
    await services.tree.loadMore(repository);
  }
}
