import * as vscode from 'vscode';
import { selectInactive, type InactiveSelection } from '../hub/deletion/inactiveImages';
import { IncompleteInventoryError, readInventory, type Inventory } from '../hub/inventory';
import { formatRepository, type RepositoryRef } from '../hub/names';
import { pinActiveFrom } from './activeFrom';
import { doubtNotices } from './doubtNotices';
import { incompleteInventoryText } from './incompleteInventoryText';
import { openReview } from './openReview';
import { readWithProgress } from './progress';
import type { Services, Target } from './services';
import { repositoryFrom } from './subjects';

/** Plans the deletion of every image that is inactive beyond doubt, on all pages, and opens the review. */
export async function deleteInactive(services: Services, target: Target): Promise<void> {
  const question = vscode.l10n.t('Repository whose inactive images are deleted');
  const repository = await repositoryFrom(services, target, question);
  const connection = services.connections.current;
  if (repository === undefined || connection === undefined) {
    return;
  }
  const selection = await selectWithProgress(services, repository);
  if (selection === undefined) {
    return;
  }
  const { inventory, inactive, protectedImages } = selection;
  if (inactive.length === 0) {
    void vscode.window.showInformationMessage(nothingText(repository, protectedImages.length));
    return;
  }
  await openReview(
    services,
    inactive.map((image) => ({ repository, image })),
    {
      scope: 'inactive',
      activeFrom: inventory.activeFrom,
      inventories: [inventory],
      notices: doubtNotices(protectedImages),
    },
  );
}

type Selection = InactiveSelection & { readonly inventory: Inventory };

async function selectWithProgress(
  services: Services,
  repository: RepositoryRef,
): Promise<Selection | undefined> {
  try {
    return await readWithProgress(
      vscode.l10n.t('Reading every image of {0}', formatRepository(repository)),
      async (signal, onProgress) => {
        const activeFrom = await pinActiveFrom(services, [repository], signal);
        const { images } = services.connections.require();
        const inventory = await readInventory(images, repository, {
          activeFrom,
          pageSize: services.settings.pageSize,
          signal,
          onProgress,
        });
        return { inventory, ...selectInactive(inventory, services.now()) };
      },
    );
  } catch (error) {
    if (error instanceof IncompleteInventoryError) {
      await vscode.window.showErrorMessage(
        vscode.l10n.t(
          'Nothing was planned: the list of images in {0} cannot be trusted.',
          formatRepository(repository),
        ),
        { modal: true, detail: incompleteInventoryText(error) },
      );
      return undefined;
    }
    throw error;
  }
}

function nothingText(repository: RepositoryRef, protectedCount: number): string {
  const name = formatRepository(repository);
  return protectedCount === 0
    ? vscode.l10n.t('{0} has no inactive images.', name)
    : vscode.l10n.t(
        '{0} has no image that is inactive beyond doubt. The times of {1} are unknown or contradictory; select them by hand if they shall go.',
        name,
        protectedCount,
      );
}
