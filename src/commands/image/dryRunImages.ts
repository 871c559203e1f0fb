import * as vscode from 'vscode';
import type { Services, Target } from '../../interaction/services';
import { imagesFrom } from '../../interaction/subjects';
import { openReview } from '../../planning/openReview';

/** Opens the review of a dry run. Deleting is a button of the review. */
export async function dryRunImages(services: Services, target: Target): Promise<void> {
  const images = await imagesFrom(services, target, vscode.l10n.t('Images to check with a dry run'));
  await openReview(services, images);
}
