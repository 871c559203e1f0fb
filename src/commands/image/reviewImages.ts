import * as vscode from 'vscode';
import type { Services, Target } from '../../interaction/services';
import { imagesFrom } from '../../interaction/subjects';
import { openReview } from '../../planning/openReview';

/** Opens the review that leads to the deletion. Nothing is deleted before its last question. */
export async function deleteImages(services: Services, target: Target): Promise<void> {
  const images = await imagesFrom(services, target, vscode.l10n.t('Images to delete'));
  await openReview(services, images);
}
