import type { Translate } from '../util/translate';
import type { OverviewEvent } from './repositoryOverview';

/** The sentence of the live region. */
export function statusText(event: OverviewEvent, t: Translate): string {
  switch (event.kind) {
    case 'reading':
      return t('Reading every image.');
    case 'read':
      return t('Every image was read.');
    case 'cancelled':
      return event.isRetained
        ? t('Cancelled: not every image was read. Read again to go on from there.')
        : t('Cancelled: not every image was read.');
    case 'failed':
      return t('The images could not be read.');
    case 'planning':
      return t('Checking the images left of the line. Nothing is deleted.');
    case 'planned':
      return t('The images left of the line were checked.');
    case 'planCancelled':
      return t('Cancelled. Nothing was planned.');
    case 'planFailed':
      return t('Nothing was planned.');
  }
}

/** What is said beside the error of a reading. */
export function failureText(
  event: Extract<OverviewEvent, { error: unknown }>,
  reason: string,
  t: Translate,
): string {
  return event.kind === 'failed'
    ? reason
    : t('{0} Nothing was planned; read the repository again before the next try.', reason);
}

export function outdatedText(t: Translate): string {
  return t(
    'The repository was refreshed or changed after it was read here. Read it again to see it as it is now.',
  );
}

export function leftText(t: Translate): string {
  return t(
    'Another account or server is in use now, so nothing can be done from here. Open the overview of the repository again from the Hub Images view.',
  );
}
