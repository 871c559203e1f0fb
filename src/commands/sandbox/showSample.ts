import { parseRepositoryRef } from '../../hub/names';
import type { Services } from '../../interaction/services';

/** Has active and inactive images, few enough to see them all. */
const sample = parseRepositoryRef('acme/billing');

/**
 * Opens a repository of the sandbox and selects one of its inactive images. If the images cannot be listed, their row says
 * why. Nothing happens if the sandbox is left meanwhile, and no failure is shown, because the user did not request this.
 */
export async function showSample({
  connections,
  tree,
  treeView,
  log,
}: Pick<Services, 'connections' | 'tree' | 'treeView' | 'log'>): Promise<void> {
  const { current } = connections;
  try {
    const image = await tree.findImageNode(sample, ({ status }) => status === 'inactive');
    const row = image ?? (await tree.findRepositoryNode(sample));
    if (row !== undefined && connections.current === current) {
      await treeView.reveal(row);
    }
  } catch (error) {
    log.debug(`The sample is not shown: ${error instanceof Error ? error.message : String(error)}`);
  }
}
