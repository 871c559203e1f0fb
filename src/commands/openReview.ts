import * as vscode from 'vscode';
import { planDeletion, repositoriesOf, type PlannedImage } from '../hub/deletion/plan';
import type { RepositoryRef } from '../hub/names';
import type { Notice } from '../review/protocol';
import { pinActiveFrom } from './activeFrom';
import { readWithProgress } from './progress';
import type { Services } from './services';

interface ReviewOptions {
  /** Pinned already, where the images were chosen by it. */
  readonly activeFrom?: Date;
  readonly notices?: readonly Notice[];
}

/** Makes one plan of the images, whatever repositories they are of, and opens its review. */
export async function openReview(
  services: Services,
  images: readonly PlannedImage[],
  options: ReviewOptions = {},
): Promise<void> {
  if (images.length === 0) {
    return;
  }
  const connection = services.connections.require();
  const activeFrom = options.activeFrom ?? (await pinWithProgress(services, images));
  if (activeFrom === undefined) {
    return;
  }
  const { ReviewPanel } = await import('../review/reviewPanel');
  ReviewPanel.open({
    plan: planDeletion(connection.origin, activeFrom, images),
    api: connection.images,
    batchSize: services.settings.deleteBatchSize,
    pageSize: services.settings.pageSize,
    extensionUri: services.extensionUri,
    isSandbox: connection.kind === 'sandbox',
    planNotices: options.notices ?? [],
    log: services.log,
    now: services.now,
    onDidDelete: (repositories) => {
      void refreshRows(services, repositories);
    },
  });
}

function pinWithProgress(services: Services, images: readonly PlannedImage[]): Promise<Date | undefined> {
  return readWithProgress(vscode.l10n.t('Preparing the dry run'), (signal) =>
    pinActiveFrom(services, repositoriesOf(images), signal),
  );
}

async function refreshRows({ tree }: Services, repositories: readonly RepositoryRef[]): Promise<void> {
  for (const repository of repositories) {
    await tree.refresh(tree.repositoryNode(repository));
  }
}
