import * as l10n from '@vscode/l10n';
import { pickRepository } from '../../interaction/pickers';
import type { Services } from '../../interaction/services';

/** Asks for a repository by name and shows it in the tree. */
export async function findRepository(services: Services): Promise<void> {
  const repository = await pickRepository(services, l10n.t('Select the repository to show'));
  const node = repository === undefined ? undefined : await services.tree.findRepositoryNode(repository);
  if (node !== undefined) {
    await services.treeView.reveal(node);
  }
}
