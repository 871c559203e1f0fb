import * as l10n from '@vscode/l10n';
import type { OverviewEvent } from './repositoryOverview';

/** The sentence of the live region. */
export function statusText(event: OverviewEvent): string {
  switch (event.kind) {
    case 'reading':
      return l10n.t('Reading all images.');
    case 'read':
      return l10n.t('All images were read.');
    case 'cancelled':
      return event.isRetained
        ? l10n.t('Canceled. Not all images were read. Read again to continue.')
        : l10n.t('Canceled. Not all images were read.');
    case 'failed':
      return l10n.t('The images could not be read.');
    case 'planning':
      return l10n.t('Checking the images to the left of the line. Nothing is deleted.');
    case 'planned':
      return l10n.t('The images to the left of the line were checked.');
    case 'planCancelled':
      return l10n.t('Canceled. Nothing was planned.');
    case 'planFailed':
      return l10n.t('Nothing was planned.');
  }
}

/** What is said beside the error of a reading. */
export function failureText(event: Extract<OverviewEvent, { error: unknown }>, reason: string): string {
  return event.kind === 'failed'
    ? reason
    : l10n.t('{0} Nothing was planned. Read the repository again, then try again.', reason);
}

export function outdatedText(): string {
  return l10n.t(
    'The repository was refreshed or changed after it was read here. Read it again to see its current state.',
  );
}

export function leftText(): string {
  return l10n.t(
    'You have signed out or switched to another account or server. Open the overview of the repository again from the Hub Images view.',
  );
}
