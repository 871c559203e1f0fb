import * as vscode from 'vscode';
import type { ActivityStatus } from '../../hub/model';
import type { Services, Target } from '../../interaction/services';
import { statusFilterWords } from '../../providers/viewWords';
import { changeImagesView } from './imagesView';

const choices: readonly (ActivityStatus | undefined)[] = [undefined, 'active', 'inactive'];

/** Asks which images of a repository to show. */
export async function filterByStatus(services: Services, target: Target): Promise<void> {
  await changeImagesView(services, target, {
    question: vscode.l10n.t('Images to show'),
    choices: choices.map((status) => ({
      label: statusFilterWords(status, vscode.l10n.t),
      change: { status },
    })),
    isCurrent: ({ status }, view) => status === view.status,
  });
}
