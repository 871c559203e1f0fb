import * as vscode from 'vscode';
import type { PlannedImage } from '../hub/deletionRequest';
import type { RepositoryRef } from '../hub/names';
import { repositoryOf } from '../providers/nodes';
import { pickImages, pickRepository } from './pickers';
import type { Services, Target } from './services';

/** The repository that the command is about: that of the row, or one that is asked for. */
export async function repositoryFrom(
  services: Services,
  target: Target,
  question: string,
): Promise<RepositoryRef | undefined> {
  return target.kind === 'rows' ? repositoryOf(target.rows[0]) : pickRepository(services, question);
}

/**
 * The images that the command is about: those of the rows, or some that are asked for. A key can be pressed on rows that
 * are none, and that is told.
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
        vscode.l10n.t('No image is selected. Select the images in the Hub Images view first.'),
      );
    }
    return images;
  }
  const picked = await pickImages(services, question);
  return picked === undefined ? [] : picked.images.map((image) => ({ repository: picked.repository, image }));
}
