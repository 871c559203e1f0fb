import * as vscode from 'vscode';
import { imagesOrderings } from '../../hub/imageApi';
import type { Services, Target } from '../../interaction/services';
import { orderingWords } from '../../providers/viewWords';
import { changeImagesView } from './imagesView';

/** Asks for the order of a repository's images. */
export async function sortImages(services: Services, target: Target): Promise<void> {
  await changeImagesView(services, target, {
    question: vscode.l10n.t('Order of the images'),
    choices: imagesOrderings.map((ordering) => ({
      label: orderingWords(ordering, vscode.l10n.t),
      change: { ordering },
    })),
    isCurrent: ({ ordering }, view) => ordering === view.ordering,
  });
}
