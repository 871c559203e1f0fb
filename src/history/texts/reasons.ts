import * as l10n from '@vscode/l10n';
import type { HubErrorKind } from '../../hub/errors';

/**
 * Why a request failed, in a few words.
 *
 * @param recorded As in the journal: a kind of `HubError` and the status of the response, such as `forbidden 403`, or
 * `unexpected`. Anything else is returned as it is.
 */
export function reasonText(recorded: string): string {
  const [kind = '', status] = recorded.split(' ');
  if (!isKnown(kind)) {
    return recorded;
  }
  const text = texts[kind]();
  return status === undefined ? text : l10n.t('{0} ({1})', text, status);
}

type Reason = HubErrorKind | 'unexpected';

function isKnown(kind: string): kind is Reason {
  return Object.hasOwn(texts, kind);
}

/** Functions, because the language is not known yet when this file is loaded. */
const texts: Readonly<Record<Reason, () => string>> = {
  unauthenticated: () => l10n.t('the sign-in was not accepted'),
  forbidden: () => l10n.t('not allowed'),
  notFound: () => l10n.t('not found'),
  gone: () => l10n.t('not offered by the server'),
  rateLimited: () => l10n.t('too many requests'),
  rejected: () => l10n.t('not accepted'),
  server: () => l10n.t('the server reported an error'),
  network: () => l10n.t('the connection failed'),
  timeout: () => l10n.t('no response in time'),
  cancelled: () => l10n.t('canceled'),
  redirected: () => l10n.t('the server redirected the request'),
  tooLarge: () => l10n.t('the response was too large'),
  protocol: () => l10n.t('the response was not valid'),
  accessTokenNeeded: () => l10n.t('an access token is needed'),
  dryRunMismatch: () => l10n.t('the response was that of a dry run'),
  usernameUnknown: () => l10n.t('the username is not known'),
  unexpected: () => l10n.t('an unexpected error'),
};
