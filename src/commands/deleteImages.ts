import * as vscode from 'vscode';
import { openReview } from './openReview';
import type { Services, Target } from './services';
import { imagesFrom } from './subjects';

/** Opens the review that leads to the deletion. Nothing is deleted before its last question. */
export async function deleteImages(services: Services, target: Target): Promise<void> {
  const images = await imagesFrom(services, target, vscode.l10n.t('Images to delete'));
  await openReview(services, images);
}
