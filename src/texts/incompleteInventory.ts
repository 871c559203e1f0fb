import * as l10n from '@vscode/l10n';
import type { IncompleteInventoryError } from '../hub/incompleteInventory';
import { numberText } from './formats';

/** Says why a list of images may be incomplete, and what it takes to get a complete one. */
export function incompleteInventoryText({ check, expected, found }: IncompleteInventoryError): string {
  const [wanted, got] = [numberText(expected), numberText(found)];
  switch (check) {
    case 'steadyCount':
      return l10n.t(
        'The number of images changed from {0} to {1} while the list was being read. Try again when nobody is pushing to the repository.',
        wanted,
        got,
      );
    case 'lastPage':
      return l10n.t(
        'The list of images is inconsistent: it should end on page {0}, but ended on page {1}. Try again in a few minutes.',
        wanted,
        got,
      );
    case 'allListed':
      return l10n.t('The server counts {0} images but lists {1}. Try again in a few minutes.', wanted, got);
    case 'agreesWithDryRun':
      return l10n.t(
        'The dry run reported {0} tags, but the list contains {1} of them. Try again in a few minutes.',
        wanted,
        got,
      );
    case 'agreesWithSummary':
      return l10n.t(
        'The summary counts {0} images, but the list contains {1}. Try again in a few minutes.',
        wanted,
        got,
      );
    case 'agreesWithTags':
      return expected - found === 1
        ? l10n.t(
            'The image of 1 tag is missing from the list of images, which may be out of date. Try again in a few minutes.',
          )
        : l10n.t(
            'The images of {0} tags are missing from the list of images, which may be out of date. Try again in a few minutes.',
            numberText(expected - found),
          );
    case 'allTagsListed':
      return l10n.t(
        'The server lists only {1} of at least {0} tags. Sign in with an account that can read all tags, then read again.',
        wanted,
        got,
      );
    case 'allManifestsListed':
      return l10n.t(
        'The server repeats the list after {0} images instead of ending it. Try again later.',
        got,
      );
    case 'allReadable':
      return expected === 1
        ? l10n.t('1 entry in the lists on the server could not be read. The log has the reason.')
        : l10n.t(
            '{0} entries in the lists on the server could not be read. The log has the reasons.',
            wanted,
          );
  }
}
