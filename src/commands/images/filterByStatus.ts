import * as l10n from '@vscode/l10n';
import type { ActivityStatus } from '../../hub/model';
import type { Services, Target } from '../../interaction/services';
import { statusFilterText } from '../../providers/texts/viewOptions';
import { changeImagesView } from './imagesView';

const choices: readonly (ActivityStatus | undefined)[] = [undefined, 'active', 'inactive'];

/** Asks which images of a repository to show. */
export async function filterByStatus(services: Services, target: Target): Promise<void> {
  await changeImagesView(services, target, {
    question: (repository) => l10n.t('Select which images in {0} to show', repository),
    choices: choices.map((status) => ({
      label: statusFilterText(status),
      change: { status },
    })),
    isCurrent: ({ status }, view) => status === view.status,
  });
}
