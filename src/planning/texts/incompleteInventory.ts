import * as l10n from '@vscode/l10n';
import type { IncompleteInventoryError } from '../../hub/listing/inventory';

/** Says why a list of images may be incomplete, and what to do. */
export function incompleteInventoryText({ check, expected, found }: IncompleteInventoryError): string {
  switch (check) {
    case 'steadyCount':
      return l10n.t(
        'The number of images changed while they were read, from {0} to {1}. Try again.',
        expected,
        found,
      );
    case 'lastPage':
      return l10n.t(
        'The Hub does not agree with itself on where the list ends: page {0} or page {1}. Try again.',
        expected,
        found,
      );
    case 'allListed':
      return l10n.t('The Hub speaks of {0} images and lists {1} different ones. Try again.', expected, found);
    case 'agreesWithDryRun':
      return l10n.t('The dry run tells of {0} tags where the list has {1}. Try again.', expected, found);
    case 'agreesWithSummary':
      return l10n.t('The summary counts {0} images where the list has {1}. Try again.', expected, found);
    case 'agreesWithTags':
      return l10n.t(
        'The list of images lacks the images of {0} tags. One of the lists is out of date. Try again in a few minutes.',
        expected - found,
      );
    case 'allTagsListed':
      return l10n.t(
        'The Hub lists only {1} of at least {0} tags, so images in use may be missing.',
        expected,
        found,
      );
    case 'allManifestsListed':
      return l10n.t(
        'The list of images has no end: after {0} images it repeats itself. Try again later.',
        found,
      );
  }
}
