import * as l10n from '@vscode/l10n';
import { imagesOrderings } from '../../hub/imageApi';
import type { Services, Target } from '../../interaction/services';
import { orderingText } from '../../providers/texts/viewOptions';
import { changeImagesView } from './imagesView';

/** Asks for the order of a repository's images. */
export async function sortImages(services: Services, target: Target): Promise<void> {
  await changeImagesView(services, target, {
    question: (repository) => l10n.t('Select the order of the images in {0}', repository),
    choices: imagesOrderings.map((ordering) => ({
      label: orderingText(ordering),
      change: { ordering },
    })),
    isCurrent: ({ ordering }, view) => ordering === view.ordering,
  });
}
