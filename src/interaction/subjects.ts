import type { PlannedImage } from '../hub/deletionRequest';
import type { RepositoryRef } from '../hub/names';
import { repositoryOf } from '../providers/nodes';
import type { Services, Target } from './services';

/**
 * Resolves the target of a command to one repository: that of the first row. Without rows, it asks.
 *
 * @returns Undefined if the row has no repository, the user cancelled, or there is no repository.
 */
export async function repositoryFrom(
  services: Services,
  target: Target,
  question: string,
): Promise<RepositoryRef | undefined> {
  if (target.kind === 'rows') {
    return repositoryOf(target.rows[0]);
  }
  const { pickRepository } = await import('./pickers');
  return pickRepository(services, question);
}

/** @returns No images if the user cancelled, or there are none. */
export async function askForImages(services: Services, question: string): Promise<readonly PlannedImage[]> {
  const { pickImages } = await import('./pickers');
  const picked = await pickImages(services, question);
  return picked === undefined ? [] : picked.images.map((image) => ({ repository: picked.repository, image }));
}
