import type { HubConnection } from '../connection/hubConnection';
import { freshInventories, type Inventory } from '../hub/listing/inventory';
import type { RepositoryRef } from '../hub/names';
import type { Services } from '../interaction/services';

/** As much of the services as tells what the tree shows. */
export interface ShownServices extends Pick<Services, 'now'> {
  readonly connections: { require(): Pick<HubConnection, 'imageApiKind'> };
  readonly tree: {
    contents(repository: RepositoryRef): { readonly inventory: Inventory | undefined } | undefined;
  };
}

/**
 * Complete lists of the repositories that the tree has shown within the last minute, so that a first look at what falls
 * with their images asks for nothing again. By the registry there are none: it takes two lists to know every image.
 */
export function shownInventories(
  { connections, tree, now }: ShownServices,
  repositories: readonly RepositoryRef[],
): readonly Inventory[] {
  if (connections.require().imageApiKind() !== 'management') {
    return [];
  }
  const shown = repositories.map((repository) => tree.contents(repository)?.inventory);
  return freshInventories(
    shown.filter((inventory) => inventory !== undefined),
    now(),
  );
}
