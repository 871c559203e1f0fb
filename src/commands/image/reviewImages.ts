import * as l10n from '@vscode/l10n';
import { onSameConnection } from '../../interaction/sameConnection';
import type { Services, Target } from '../../interaction/services';
import { askForImages } from '../../interaction/subjects';
import { openReview } from '../../planning/openReview';
import { imagesOfRows } from './imagesOfRows';

/** Only the question of the picker differs: both lead to the same review, which begins with a dry run. */
export type ReviewPurpose = 'delete' | 'dryRun';

/** Opens the review of the target's images. Nothing is deleted before its final confirmation. */
export async function reviewImages(
  services: Services,
  target: Target,
  purpose: ReviewPurpose,
): Promise<void> {
  const images = await onSameConnection(services, () =>
    target.kind === 'rows' ? imagesOfRows(target.rows) : askForImages(services, questionFor(purpose)),
  );
  await openReview(services, images ?? []);
}

function questionFor(purpose: ReviewPurpose): string {
  switch (purpose) {
    case 'delete':
      return l10n.t('Select the images to delete');
    case 'dryRun':
      return l10n.t('Select the images to check with a dry run');
  }
}
