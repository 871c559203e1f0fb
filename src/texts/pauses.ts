import * as l10n from '@vscode/l10n';
import type { HubPause } from '../hub/http/requestPolicy';

/** `Waiting for Docker Hub's rate limit, continues in 0:41` */
export function pauseCountdownText(reason: HubPause['reason'], seconds: number): string {
  const left = minutesAndSeconds(seconds);
  switch (reason) {
    case 'rateLimited':
      return l10n.t("Waiting for Docker Hub's rate limit, continues in {0}", left);
    case 'server':
      return l10n.t('The server reported an internal error, trying again in {0}', left);
    case 'network':
      return l10n.t('The server could not be reached, trying again in {0}', left);
  }
}

/** Why nothing happens at the moment, in a sentence that does not change while it lasts. */
export function pauseText(reason: HubPause['reason']): string {
  switch (reason) {
    case 'rateLimited':
      return l10n.t("Waiting for Docker Hub's rate limit.");
    case 'server':
      return l10n.t('The server reported an internal error. The request is sent again.');
    case 'network':
      return l10n.t('The server could not be reached. The request is sent again.');
  }
}

/** `0:41` */
function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
