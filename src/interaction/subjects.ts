import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
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

/**
 * Resolves the target of a command to images: those of the rows. Without rows, it asks. A key binding also works on rows
 * that are not images; then a message says that no image is selected.
 *
 * @returns No images if none is selected or the user cancelled.
 */
export async function imagesFrom(
  services: Services,
  target: Target,
  question: string,
): Promise<readonly PlannedImage[]> {
  if (target.kind === 'rows') {
    const images = target.rows.flatMap((row) =>
      row.kind === 'image' ? [{ repository: row.parent.repository, image: row.image }] : [],
    );
    if (images.length === 0) {
      void vscode.window.showInformationMessage(
        l10n.t('No image is selected. Select the images in the Hub Images view first.'),
      );
    }
    return images;
  }
  const { pickImages } = await import('./pickers');
  const picked = await pickImages(services, question);
  return picked === undefined ? [] : picked.images.map((image) => ({ repository: picked.repository, image }));
}
