import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { selectImages } from '../../hub/deletion/imageSelection';
import { IncompleteInventoryError, type Inventory, readInventory } from '../../hub/listing/inventory';
import { formatRepository, isSameRepository, type RepositoryRef } from '../../hub/names';
import { readWithProgress } from '../../interaction/progress';
import type { Services, Target } from '../../interaction/services';
import { repositoryFrom } from '../../interaction/subjects';
import { OverviewPanel } from '../../overview/overviewPanel';
import type { OverviewBasis } from '../../overview/repositoryOverview';
import { pinActiveFrom, windowDaysOf } from '../../planning/activeFrom';
import { excludedImagesNotices } from '../../planning/texts/excludedImages';
import { incompleteInventoryText } from '../../texts/incompleteInventory';
import { openReview } from '../../planning/openReview';
import { mayMatch, readContents } from '../../planning/readContents';
import { type Node, repositoryNodeOf } from '../../providers/nodes';
import { describeError } from '../../texts/errors';
import type { Notice } from '../../webview/messageParts';
import { numberText } from '../../texts/formats';

/** Shows the images of a repository by their last activity. Each repository has one tab. */
export async function showOverview(services: Services, target: Target): Promise<void> {
  const question = l10n.t('Select the repository to show an overview of');
  const repository = await repositoryFrom(services, target, question);
  if (repository !== undefined) {
    openOverview(services, repository);
  }
}

/** Opens the overview of the repository, or reveals it. */
export function openOverview(services: Services, repository: RepositoryRef): void {
  const connection = services.connections.current;
  if (connection === undefined) {
    return;
  }
  const { connections, settings, tree } = services;
  services.overviews.show(connection, formatRepository(repository), () =>
    OverviewPanel.open({
      repository,
      connection,
      extensionUri: services.extensionUri,
      log: services.log,
      now: services.now,
      pageSize: () => settings.pageSize,
      windowDays: () => windowDaysOf(services, connection.origin, repository),
      begin: (isRepeated, signal) => basisOf(services, repository, isRepeated, signal),
      describe: failureText,
      isInUse: () => connections.current === connection,
      onDidChangeConnection: connections.onDidChange,
      onDidOutdate: (listener) =>
        tree.onDidBeginRefresh((node) => {
          if (includesRepository(node, repository)) {
            listener(node);
          }
        }),
      plan: (inventory, shownCount) => planInactive(services, inventory, shownCount),
    }),
  );
}

/** The first reading starts from the counts that the repository's row shows. A repeated one pins `activeFrom` anew. */
async function basisOf(
  services: Services,
  repository: RepositoryRef,
  isRepeated: boolean,
  signal: AbortSignal,
): Promise<OverviewBasis> {
  const summary = isRepeated ? undefined : await services.catalog.readSummary(repository, signal);
  return {
    activeFrom: summary?.activeFrom ?? (await pinActiveFrom(services, [repository], signal)),
    summary,
  };
}

function failureText(error: unknown): string {
  return error instanceof IncompleteInventoryError
    ? l10n.t(
        'The images in {0} could not be read completely. {1}',
        formatRepository(error.repository),
        incompleteInventoryText(error),
      )
    : describeError(error);
}

/** Whether a refresh of the row, or of everything if there is none, also refreshes the repository. */
function includesRepository(node: Node | undefined, repository: RepositoryRef): boolean {
  if (node?.kind === 'namespace') {
    return node.namespace.name === repository.namespace;
  }
  if (node?.kind === 'group') {
    return includesRepository(node.parent, repository); // with which it is read
  }
  const row = repositoryNodeOf(node);
  return row === undefined || isSameRepository(row.repository, repository);
}

/**
 * Plans the deletion of every image that is certainly inactive, and opens the review.
 *
 * @param shownCount How many such images the overview showed.
 */
async function planInactive(
  services: Services,
  inventory: Inventory,
  shownCount: number,
  areContentsRead = false,
): Promise<void> {
  const { repository, activeFrom } = inventory;
  const criteria = { status: 'inactive' } as const;
  const { selected, protectedImages } = selectImages(inventory, criteria, services.now());
  const contents = areContentsRead
    ? 'notNeeded'
    : await readContents(services, mayMatch({ inventory, selected, protectedImages }));
  if (contents === undefined) {
    return;
  }
  if (contents === 'read') {
    const again = await readAgain(services, inventory);
    return again && planInactive(services, again, shownCount, true);
  }
  const doubtfulCount = protectedImages.filter(({ image }) => image.doubt !== undefined).length;
  if (selected.length === 0) {
    const name = formatRepository(repository);
    void vscode.window.showInformationMessage(
      doubtfulCount === 0
        ? l10n.t('Nothing to delete: there are no longer any images in {0} to the left of the line.', name)
        : l10n.t(
            'Nothing can be deleted yet: the images in {0} to the left of the line may be part of other images, or the lists on the server disagree about their tags. To have their contents read from the registry, run Delete Inactive Images….',
            name,
          ),
    );
    return;
  }
  await openReview(
    services,
    selected.map((image) => ({ repository, image })),
    {
      scope: 'matching',
      criteria,
      areContentsRead: true,
      activeFrom,
      inventories: [inventory],
      notices: [
        ...changeNotices(shownCount, selected.length + doubtfulCount),
        ...excludedImagesNotices(protectedImages),
      ],
    },
  );
}

/** Lists the images again: what was read changes which images stand for themselves. */
function readAgain(
  { connections, settings, now }: Services,
  { repository, activeFrom }: Inventory,
): Promise<Inventory | undefined> {
  return readWithProgress(l10n.t('Preparing the dry run'), (signal, onProgress) =>
    readInventory(connections.require().images, repository, {
      activeFrom,
      pageSize: settings.pageSize,
      now,
      signal,
      onProgress,
    }),
  );
}

/** Warns if the plan has another number of images than the overview showed. */
function changeNotices(shownCount: number, foundCount: number): readonly Notice[] {
  return shownCount === foundCount
    ? []
    : [
        {
          severity: 'warning',
          text: l10n.t(
            'The repository has changed. Images to the left of the line: {0} in the overview, {1} now.',
            numberText(shownCount),
            numberText(foundCount),
          ),
        },
      ];
}
