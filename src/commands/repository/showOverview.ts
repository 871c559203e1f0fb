import * as vscode from 'vscode';
import { selectImages } from '../../hub/deletion/imageSelection';
import { IncompleteInventoryError, type Inventory } from '../../hub/listing/inventory';
import { formatRepository, isSameRepository, type RepositoryRef } from '../../hub/names';
import type { Services, Target } from '../../interaction/services';
import { repositoryFrom } from '../../interaction/subjects';
import { OverviewPanel } from '../../overview/overviewPanel';
import type { OverviewBasis } from '../../overview/repositoryOverview';
import { pinActiveFrom, windowDaysOf } from '../../planning/activeFrom';
import { excludedImagesNotices } from '../../planning/excludedImagesNotices';
import { incompleteInventoryText } from '../../planning/incompleteInventoryText';
import { openReview } from '../../planning/openReview';
import { type Node, repositoryNodeOf } from '../../providers/nodes';
import { describeError } from '../../util/describeError';
import type { Notice } from '../../webview/messageParts';

/** Shows the images of a repository by the time of their last activity, in one tab for each repository. */
export async function showOverview(services: Services, target: Target): Promise<void> {
  const question = vscode.l10n.t('Repository to show an overview of');
  const repository = await repositoryFrom(services, target, question);
  const connection = services.connections.current;
  if (repository === undefined || connection === undefined) {
    return;
  }
  const open = services.overviews.find(connection, repository);
  if (open !== undefined) {
    open.reveal();
    return;
  }
  const { connections, settings, tree } = services;
  services.overviews.add(
    OverviewPanel.open({
      repository,
      connection,
      extensionUri: services.extensionUri,
      log: services.log,
      now: services.now,
      pageSize: () => settings.pageSize,
      windowDays: () => windowDaysOf(services, connection.origin, repository),
      begin: (isAgain, signal) => basisOf(services, repository, isAgain, signal),
      describe: failureText,
      isInUse: () => connections.current === connection,
      onDidChangeConnection: connections.onDidChange,
      onDidOutdate: (listener) =>
        tree.onDidBeginRefresh((node) => {
          if (concerns(node, repository)) {
            listener(node);
          }
        }),
      plan: (inventory, seen) => planDeletion(services, inventory, seen),
    }),
  );
}

/** At first what the row of the repository says already; once that is old, the instant is fixed anew. */
async function basisOf(
  services: Services,
  repository: RepositoryRef,
  isAgain: boolean,
  signal: AbortSignal,
): Promise<OverviewBasis> {
  const summary = isAgain ? undefined : await services.tree.readSummary(repository, signal);
  return {
    activeFrom: summary?.activeFrom ?? (await pinActiveFrom(services, [repository], signal)),
    summary,
  };
}

function failureText(error: unknown): string {
  return error instanceof IncompleteInventoryError
    ? vscode.l10n.t(
        'The list of images in {0} cannot be trusted. {1}',
        formatRepository(error.repository),
        incompleteInventoryText(error),
      )
    : describeError(error);
}

/** Whether the repository is read again with the row, or with everything. */
function concerns(node: Node | undefined, repository: RepositoryRef): boolean {
  if (node?.kind === 'namespace') {
    return node.namespace.name === repository.namespace;
  }
  const row = repositoryNodeOf(node);
  return row === undefined || isSameRepository(row.repository, repository);
}

/** Plans the deletion of every image that is inactive beyond doubt, and opens the review. */
async function planDeletion(services: Services, inventory: Inventory, seen: number): Promise<void> {
  const { repository, activeFrom } = inventory;
  const { selected, protectedImages } = selectImages(inventory, { status: 'inactive' }, services.now());
  if (selected.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Nothing to delete: no image of {0} lies left of the line any more.',
        formatRepository(repository),
      ),
    );
    return;
  }
  await openReview(
    services,
    selected.map((image) => ({ repository, image })),
    {
      scope: 'matching',
      activeFrom,
      inventories: [inventory],
      notices: [...changeNotices(seen, selected.length), ...excludedImagesNotices(protectedImages)],
    },
  );
}

/** The repository was read again for the plan, and had become another. */
function changeNotices(seen: number, found: number): readonly Notice[] {
  return seen === found
    ? []
    : [
        {
          severity: 'warning',
          text: vscode.l10n.t(
            'The repository has changed: the overview counted {0} images left of the line, and the plan has {1}.',
            seen.toLocaleString('en'),
            found.toLocaleString('en'),
          ),
        },
      ];
}
