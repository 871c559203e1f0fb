import * as l10n from '@vscode/l10n';
import { numberText } from '../../src/texts/formats';

/** The name of the section, which screen readers say. */
export function referencesHeading(): string {
  return l10n.t('References in the workspace');
}

/** Of the part that says what was searched and what was not. */
export function extentSummary(): string {
  return l10n.t('What was searched');
}

export function referenceActionText(action: 'search' | 'searchAgain' | 'skip'): string {
  switch (action) {
    case 'search':
      return l10n.t('Search Workspace');
    case 'searchAgain':
      return l10n.t('Search Again');
    case 'skip':
      return l10n.t('Continue Without Searching');
  }
}

/** The tooltip of a place. */
export function openPlaceText(place: string): string {
  return l10n.t('Open {0}', place);
}

/** The tooltip of what leads to all places. */
export function showReferencesText(): string {
  return l10n.t('Show all in the References view');
}

/** Of places that are folded, or not listed. */
export function morePlacesText(count: number): string {
  return count === 1 ? l10n.t('1 more line') : l10n.t('{0} more lines', numberText(count));
}
