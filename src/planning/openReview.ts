import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { HubConnection } from '../connection/hubConnection';
import { contextKeys } from '../contributions';
import { repositoriesOf } from '../hub/deletion/batches';
import type { SelectionCriteria } from '../hub/deletion/imageSelection';
import type { ImageOutcome } from '../hub/deletion/outcome';
import type { DeletionPlan, PlanScope } from '../hub/deletion/plan';
import { imageKey, type ImageKey, type PlannedImage } from '../hub/deletionRequest';
import type { Inventory } from '../hub/listing/inventory';
import type { RepositoryRef } from '../hub/names';
import { runAction } from '../interaction/action';
import { readWithProgress } from '../interaction/progress';
import type { Services } from '../interaction/services';
import type { Notice } from '../webview/messageParts';
import { pinActiveFrom, type WindowServices } from './activeFrom';
import { collectInventories } from './collectInventories';
import { preparePlan } from './preparePlan';
import { onDidChangeProtection, protectionInForce } from './protectionInForce';
import { confirmUnmatchedPatterns, protectedImagesNotices, requireProtection } from './protectionMessages';
import { readContents } from './readContents';
import { readInventories } from './readInventories';

/** The part of the services that a review needs, from the images to the open panel. */
export type ReviewServices = Pick<
  Services,
  | 'connections'
  | 'settings'
  | 'catalog'
  | 'references'
  | 'referencesView'
  | 'tree'
  | 'viewOptions'
  | 'history'
  | 'extensionUri'
  | 'log'
  | 'now'
>;

interface ReviewOptions {
  readonly scope: PlanScope;
  /** By which the images were selected, if they were. */
  readonly criteria?: SelectionCriteria;
  /** The instant that the images were selected by, if they were. */
  readonly activeFrom?: Date;
  /** The complete inventories that the images were selected from; by default those that the tree shows. */
  readonly inventories?: readonly Inventory[];
  /** Whether the contents of manifests that the plan needs have been read, or the user has declined that. */
  readonly areContentsRead?: boolean;
  /** About the plan as a whole. */
  readonly notices?: readonly Notice[];
}

/** Plans the deletion of the images, from any number of repositories, and opens its review. */
export async function openReview(
  services: ReviewServices,
  images: readonly PlannedImage[],
  options: ReviewOptions = { scope: 'chosen' },
): Promise<void> {
  if (images.length === 0) {
    return;
  }
  const protection = requireProtection(services);
  if (protection === undefined) {
    return;
  }
  const connection = services.connections.require();
  const repositories = repositoriesOf(images);
  if (options.areContentsRead !== true && !(await mayPlan(connection, repositories))) {
    return;
  }
  const activeFrom = options.activeFrom ?? (await pinWithProgress(services, repositories));
  if (activeFrom === undefined) {
    return;
  }
  const contents = options.areContentsRead === true ? 'notNeeded' : await readContents(services, images);
  if (contents === 'read') {
    await openAgain(services, images, options, activeFrom);
  }
  if (contents === undefined || contents === 'read') {
    return;
  }
  const inventories = await collectInventories(services, repositories, {
    activeFrom,
    given: options.inventories,
    isEveryRepositoryNeeded: protection.patterns.length > 0,
  });
  if (inventories === undefined) {
    return;
  }
  const { plan, protectedImages, unmatchedPatterns } = preparePlan({
    origin: connection.origin,
    scope: options.scope,
    criteria: options.criteria,
    activeFrom,
    images,
    inventories,
    protection,
    protectionInForce: () => protectionInForce(services.settings),
    knownRepositories: services.catalog.repositories,
  });
  if (unmatchedPatterns.length > 0 && !(await confirmUnmatchedPatterns(repositories, unmatchedPatterns))) {
    return;
  }
  if (plan === undefined) {
    void vscode.window.showInformationMessage(
      l10n.t('Nothing to delete: the setting "hubImages.protect" protects all of these images.'),
    );
    return;
  }
  const { notices = [] } = options;
  await openPanel(services, connection, plan, [
    ...notices,
    ...protectedImagesNotices(protectedImages.length),
  ]);
}

/** Whether to continue if it is known that nothing can be deleted. Only today's Docker Hub says so before a dry run. */
export async function mayPlan(
  connection: Pick<HubConnection, 'images' | 'imageApiKind' | 'kind'>,
  repositories: readonly RepositoryRef[],
): Promise<boolean> {
  if (connection.imageApiKind() !== 'registry') {
    return true;
  }
  const { confirmDeletionRight } = await import('./confirmDeletionRight');
  return confirmDeletionRight(connection, repositories);
}

/** Opens the review with the images as they are listed after contents were read: then it is known what belongs to them. */
async function openAgain(
  services: ReviewServices,
  images: readonly PlannedImage[],
  options: ReviewOptions,
  activeFrom: Date,
): Promise<void> {
  const { connections, settings, now } = services;
  const listed = await readWithProgress(l10n.t('Preparing the dry run'), (signal, report) =>
    readInventories(connections.require().images, repositoriesOf(images), {
      activeFrom,
      pageSize: settings.pageSize,
      now,
      expected: () => 0,
      signal,
      report,
    }),
  );
  if (listed !== undefined) {
    const { inventories } = listed;
    const known = new Map(
      inventories.flatMap(({ repository, images: all }) =>
        all.map((image) => [imageKey(repository, image.digest), image] as const),
      ),
    );
    const current = images.map(({ repository, image }) => ({
      repository,
      image: known.get(imageKey(repository, image.digest)) ?? image,
    }));
    await openReview(services, current, { ...options, areContentsRead: true, activeFrom, inventories });
  }
}

function pinWithProgress(
  services: WindowServices,
  repositories: readonly RepositoryRef[],
): Promise<Date | undefined> {
  return readWithProgress(l10n.t('Preparing the dry run'), (signal) =>
    pinActiveFrom(services, repositories, signal),
  );
}

/** The code of the review is loaded when the first one opens. */
async function openPanel(
  services: ReviewServices,
  connection: HubConnection,
  plan: DeletionPlan,
  planNotices: readonly Notice[],
): Promise<void> {
  const { ReviewPanel } = await import('../review/reviewPanel');
  const { connections, history, settings } = services;
  ReviewPanel.open({
    plan,
    username: connections.account,
    journal: history.journal(connection.kind),
    locks: history.locks,
    references: settings.searchesBeforeDeleting ? services.references : undefined,
    typingThreshold: () => settings.typingThreshold,
    api: connection.images,
    batchSize: settings.deleteBatchSize,
    pageSize: settings.pageSize,
    extensionUri: services.extensionUri,
    isSandbox: connection.kind === 'sandbox',
    planNotices,
    showReferences: (subject) => {
      void runAction(services, 'hubImages.image.findReferences', async () => {
        await readWithProgress(l10n.t('Searching the workspace for references'), (signal) =>
          services.referencesView.show(subject, signal),
        );
      });
    },
    log: services.log,
    now: services.now,
    onDidChangeProtection,
    onDidReconcile: (listener) =>
      history.onDidReconcile((later) => {
        noteOutcomes(later.outcomes);
        listener(later);
      }),
    onDidDelete: (deletedFrom, outcomes) => {
      noteOutcomes(outcomes);
      void refreshRows(services, deletedFrom);
    },
  });
}

/** Ticks the step of the walkthrough, which is not done by a deletion that deleted nothing. */
function noteOutcomes(outcomes: ReadonlyMap<ImageKey, ImageOutcome>): void {
  if ([...outcomes.values()].includes('deleted')) {
    void vscode.commands.executeCommand('setContext', contextKeys.hasDeletedImage, true);
  }
}

async function refreshRows(
  { tree }: Pick<Services, 'tree'>,
  repositories: readonly RepositoryRef[],
): Promise<void> {
  for (const repository of repositories) {
    await tree.refreshRepository(repository);
  }
}
