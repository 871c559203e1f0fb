import * as l10n from '@vscode/l10n';
import type { AddressProblem } from '../hub/http/baseUrl';

/** Says in a sentence why a text is not the address of a server. */
export function addressProblemText(problem: AddressProblem): string {
  switch (problem) {
    case 'notAnAddress':
      return l10n.t('Enter an address such as https://hub.docker.com.');
    case 'notHttps':
      return l10n.t('The address must begin with https://.');
    case 'httpElsewhere':
      return l10n.t('The address must begin with https://. http:// is allowed only for this machine.');
    case 'hasCredentials':
      return l10n.t('The address must not contain a username or password.');
    case 'hasQuery':
      return l10n.t('The address must not contain “?” or “#”.');
  }
}
