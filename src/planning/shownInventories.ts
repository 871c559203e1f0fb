import type { HubConnection } from '../connection/hubConnection';
import { freshInventories, type Inventory } from '../hub/listing/inventory';
import type { RepositoryRef } from '../hub/names';
import type { Services } from '../interaction/services';

/** The part of the services that knows what the tree shows. */
export interface ShownServices extends Pick<Services, 'now'> {
  readonly connections: { require(): Pick<HubConnection, 'imageApiKind'> };
  readonly catalog: {
    contents(repository: RepositoryRef): { readonly inventory: Inventory | undefined } | undefined;
  };
}

/**
 * The complete inventories that the tree has read within the last minute, so that the first check for collateral needs no
 * further request. The registry has none, because knowing every image takes two lists there.
 */
export function shownInventories(
  { connections, catalog, now }: ShownServices,
  repositories: readonly RepositoryRef[],
): readonly Inventory[] {
  if (connections.require().imageApiKind() !== 'management') {
    return [];
  }
  const shown = repositories.map((repository) => catalog.contents(repository)?.inventory);
  return freshInventories(
    shown.filter((inventory) => inventory !== undefined),
    now(),
  );
}
