import * as vscode from 'vscode';
import { HubError } from '../hub/errors';
import { inertLabel } from './inertText';

/** What a person reads of a failure: what happened, and what they can do about it. */
export interface ErrorDescription {
  readonly what: string;
  readonly nextStep: string;
}

/** Both sentences in one line. */
export function describeError(error: unknown): string {
  const { what, nextStep } = explainError(error);
  return nextStep === '' ? what : `${what} ${nextStep}`;
}

export function explainError(error: unknown): ErrorDescription {
  if (error instanceof HubError) {
    return explainHubError(error);
  }
  if (error instanceof RangeError) {
    return { what: sentence(error.message), nextStep: '' };
  }
  return {
    what: vscode.l10n.t('Something unexpected went wrong.'),
    nextStep: vscode.l10n.t('The log has the details.'),
  };
}

function explainHubError(error: HubError): ErrorDescription {
  const { t } = vscode.l10n;
  const status = error.status === undefined ? '' : ` (${error.status})`;
  switch (error.kind) {
    case 'unauthenticated':
      return {
        what: withReason(t('The Hub did not accept the sign-in.'), error),
        nextStep: t('Check the user name and the password or access token, or sign in again.'),
      };
    case 'forbidden':
      return {
        what: withReason(t('The Hub does not allow this to your account.'), error),
        nextStep: t('It may need another plan, role or token scope.'),
      };
    case 'notFound':
      return {
        what: withReason(t('The Hub does not know this, or hides it from your account.'), error),
        nextStep: t('Check the name, and that you are signed in to an account that may see it.'),
      };
    case 'gone':
      return {
        what: t('This server does not offer the operation.'),
        nextStep: t('hub.docker.com took its image-management operations away in December 2023.'),
      };
    case 'rateLimited':
      return {
        what: t('The Hub asks for a pause: too many requests.'),
        nextStep:
          error.retryAfterMs === undefined
            ? t('Try again in a minute.')
            : t('Try again in {0} seconds.', Math.ceil(error.retryAfterMs / 1000)),
      };
    case 'rejected':
      return {
        what: withReason(t('The Hub refused the request{0}.', status), error),
        nextStep: '',
      };
    case 'server':
      return {
        what: withReason(t('The Hub has a fault of its own{0}.', status), error),
        nextStep: t('Try again later.'),
      };
    case 'network':
      return {
        what: t('The Hub could not be reached, or the connection broke.'),
        nextStep: t('Check the network, the proxy and the setting "hubImages.apiUrl".'),
      };
    case 'timeout':
      return {
        what: t('The Hub did not answer in time.'),
        nextStep: t('Try again, or allow more with the setting "hubImages.requestTimeoutSeconds".'),
      };
    case 'cancelled':
      return { what: t('Cancelled.'), nextStep: '' };
    case 'redirected':
      return {
        what: t('The server sent the request to another address, which is never followed.'),
        nextStep: t('Check the setting "hubImages.apiUrl".'),
      };
    case 'tooLarge':
      return {
        what: t('The answer is larger than a Hub sends.'),
        nextStep: t('Check that "hubImages.apiUrl" is the address of a Hub.'),
      };
    case 'protocol':
      return {
        what: withReason(t('The answer does not look like one of a Hub.'), error),
        nextStep: t('Check that "hubImages.apiUrl" is the address of a Hub; the log has the details.'),
      };
    case 'accessTokenNeeded':
      return {
        what: t('Deleting on this Hub goes through its registry, which takes access tokens only.'),
        nextStep: t(
          'Sign out, and sign in with a personal access token that may read, write and delete instead of the password.',
        ),
      };
    case 'dryRunMismatch':
      return {
        what: t(
          'The Hub answered another question than was asked: a dry run as a deletion, or the reverse. Everything was stopped.',
        ),
        nextStep: t('Refresh the repository to see what is still there before you go on.'),
      };
  }
}

function withReason(what: string, error: HubError): string {
  return error.reason === undefined
    ? what
    : vscode.l10n.t('{0} It says: “{1}”.', what, inertLabel(error.reason.replace(/\.$/, '')));
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return capital.endsWith('.') ? capital : `${capital}.`;
}
