import * as vscode from 'vscode';
import { repositoriesOf } from '../hub/deletion/batches';
import { planDeletion, type PlanScope } from '../hub/deletion/plan';
import type { PlannedImage } from '../hub/deletionRequest';
import type { Inventory } from '../hub/listing/inventory';
import type { RepositoryRef } from '../hub/names';
import { readWithProgress } from '../interaction/progress';
import type { Services } from '../interaction/services';
import type { Notice } from '../webview/messageParts';
import { pinActiveFrom } from './activeFrom';
import { protectPlan } from './preparePlan';
import { shownInventories } from './shownInventories';

interface ReviewOptions {
  readonly scope: PlanScope;
  /** Pinned already, where the images were chosen by it. */
  readonly activeFrom?: Date;
  /** Complete listings the images were chosen from; else those that the tree shows. */
  readonly inventories?: readonly Inventory[];
  readonly notices?: readonly Notice[];
}

/** Makes one plan of the images, whatever repositories they are of, and opens its review. */
export async function openReview(
  services: Services,
  images: readonly PlannedImage[],
  options: ReviewOptions = { scope: 'chosen' },
): Promise<void> {
  if (images.length === 0) {
    return;
  }
  const connection = services.connections.require();
  const activeFrom = options.activeFrom ?? (await pinWithProgress(services, images));
  if (activeFrom === undefined) {
    return;
  }
  const { scope, notices = [] } = options;
  const inventories = options.inventories ?? shownInventories(services, repositoriesOf(images));
  const plan = await protectPlan(services, images, { activeFrom, inventories });
  if (plan === undefined) {
    return;
  }
  if (plan.images.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing to delete: the setting "hubImages.protect" protects all of these images.'),
    );
    return;
  }
  const { ReviewPanel } = await import('../review/reviewPanel');
  ReviewPanel.open({
    plan: planDeletion({
      origin: connection.origin,
      scope,
      activeFrom,
      images: plan.images,
      inventories,
      protection: plan.protection,
    }),
    username: services.connections.account,
    journal: services.history.journal(connection.kind),
    typingThreshold: () => services.settings.typingThreshold,
    api: connection.images,
    batchSize: services.settings.deleteBatchSize,
    pageSize: services.settings.pageSize,
    extensionUri: services.extensionUri,
    isSandbox: connection.kind === 'sandbox',
    planNotices: [...notices, ...plan.notices],
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
