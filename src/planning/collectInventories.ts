import * as l10n from '@vscode/l10n';
import type { HubConnection } from '../connection/hubConnection';
import { type Inventory, readInventory } from '../hub/listing/inventory';
import { isIncompleteInventory } from '../hub/incompleteInventory';
import { formatRepository, isSameRepository, type RepositoryRef } from '../hub/names';
import { readWithProgress } from '../interaction/progress';
import type { Services } from '../interaction/services';
import type { PlanInventories } from './preparePlan';
import { shownInventories, type ShownServices } from './shownInventories';

/** The part of the services that reads inventories or has them. */
export interface InventoryServices extends ShownServices, Pick<Services, 'log'> {
  readonly connections: { require(): Pick<HubConnection, 'images' | 'imageApiKind'> };
  readonly settings: Pick<Services['settings'], 'pageSize'>;
}

interface CollectingOptions {
  readonly activeFrom: Date;
  /** The inventories that the images were selected from, if they were; otherwise those that the tree shows are used. */
  readonly given: readonly Inventory[] | undefined;
  /** Whether the images of every repository are needed, because protection patterns are compared with their tags. */
  readonly isEveryRepositoryNeeded: boolean;
}

/**
 * Collects the inventories for a plan, in one place. A repository is read only if it is needed and no inventory of it
 * is at hand.
 *
 * @returns Undefined if the user cancelled the reading.
 * @throws {HubError} A request failed.
 */
export async function collectInventories(
  services: InventoryServices,
  repositories: readonly RepositoryRef[],
  { activeFrom, given, isEveryRepositoryNeeded }: CollectingOptions,
): Promise<PlanInventories | undefined> {
  const complete = given ?? shownInventories(services, repositories);
  const isAtHand = (repository: RepositoryRef) =>
    complete.some((inventory) => isSameRepository(inventory.repository, repository));
  const missing = isEveryRepositoryNeeded ? repositories.filter((repository) => !isAtHand(repository)) : [];
  const forProtection: Inventory[] = [];
  for (const repository of missing) {
    const inventory = await readUntilComplete(services, repository, activeFrom);
    if (inventory === undefined) {
      return undefined;
    }
    forProtection.push(inventory);
  }
  return { complete, forProtection };
}

/** @returns Undefined if the user cancelled, or does not want to read an incomplete list again. */
async function readUntilComplete(
  services: InventoryServices,
  repository: RepositoryRef,
  activeFrom: Date,
): Promise<Inventory | undefined> {
  for (;;) {
    try {
      return await readForProtection(services, repository, activeFrom);
    } catch (error) {
      if (!isIncompleteInventory(error)) {
        throw error;
      }
      const { askAboutUnread } = await import('./refusedPlan');
      if ((await askAboutUnread(services, [{ repository, error }], 1)) !== 'readAgain') {
        return undefined;
      }
    }
  }
}

/** Reads the pages only: images may be missing, so the inventory serves no other purpose. */
function readForProtection(
  { connections, settings }: Pick<InventoryServices, 'connections' | 'settings'>,
  repository: RepositoryRef,
  activeFrom: Date,
): Promise<Inventory | undefined> {
  const title = l10n.t('Looking for protected images in {0}', formatRepository(repository));
  return readWithProgress(title, (signal, onProgress) =>
    readInventory(connections.require().images, repository, {
      activeFrom,
      pageSize: settings.pageSize,
      completenessCheck: 'pagesOnly',
      signal,
      onProgress,
    }),
  );
}
