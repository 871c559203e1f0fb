import * as vscode from 'vscode';
import { selectInactive, type InactiveSelection } from '../hub/deletion/inactiveImages';
import {
  IncompleteInventoryError,
  readInventory,
  type Inventory,
  type InventoryCheck,
} from '../hub/inventory';
import { formatRepository, type RepositoryRef } from '../hub/names';
import { pinActiveFrom } from './activeFrom';
import { doubtNotices } from './doubtNotices';
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
        { modal: true, detail: checkText(error.check, error.expected, error.found) },
      );
      return undefined;
    }
    throw error;
  }
}

function checkText(check: InventoryCheck, expected: number, found: number): string {
  const { t } = vscode.l10n;
  switch (check) {
    case 'steadyCount':
      return t(
        'The number of images changed while they were read, from {0} to {1}. Try again.',
        expected,
        found,
      );
    case 'lastPage':
      return t(
        'The Hub does not agree with itself on where the list ends: page {0} or page {1}. Try again.',
        expected,
        found,
      );
    case 'allListed':
      return t('The Hub speaks of {0} images and lists {1} different ones. Try again.', expected, found);
    case 'agreesWithDryRun':
      return t('The dry run tells of {0} tags where the list has {1}. Try again.', expected, found);
    case 'agreesWithSummary':
      return t('The summary counts {0} images where the list has {1}. Try again.', expected, found);
    case 'agreesWithTags':
      return t(
        'The list of tags has {0} tags of which the list of images has {1}. One of them is older; try again in a few minutes.',
        expected,
        found,
      );
    case 'allTagsListed':
      return t(
        'The Hub lists only {1} of at least {0} tags, so images in use may be missing.',
        expected,
        found,
      );
    case 'allIndexesRead':
      return t(
        'What belongs to {0} of {1} multi-platform images is not known, so images in use may look unused.',
        expected - found,
        expected,
      );
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
