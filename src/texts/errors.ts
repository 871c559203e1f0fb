import * as l10n from '@vscode/l10n';
import { saysTokenIsLacking } from '../hub/deletionRight';
import { HubError, isCancelled } from '../hub/errors';
import { isIncompleteInventory } from '../hub/incompleteInventory';
import type { NetworkCause } from '../hub/http/networkCause';
import { sanitizeLabel } from '../util/sanitizeText';
import { SecretStorageError } from '../util/secretStorageError';
import { incompleteInventoryText } from './incompleteInventory';

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
  if (isCancelled(error)) {
    return explainCancellation();
  }
  if (isIncompleteInventory(error)) {
    return { what: incompleteInventoryText(error), nextStep: '' }; // it includes what to do
  }
  if (error instanceof RangeError) {
    return { what: sentence(error.message), nextStep: '' };
  }
  if (error instanceof SecretStorageError) {
    return explainSecretStorageError(error);
  }
  return {
    what: l10n.t('An unexpected error occurred.'),
    nextStep: l10n.t('The log has the details.'),
  };
}

function explainSecretStorageError({ operation, reason }: SecretStorageError): ErrorDescription {
  const words = sanitizeLabel(reason ?? l10n.t('no reason was given'));
  return {
    what:
      operation === 'store'
        ? l10n.t('The sign-in could not be saved in secret storage: {0}.', words)
        : l10n.t('Secret storage could not be read: {0}.', words),
    nextStep:
      process.platform === 'linux'
        ? l10n.t(
            'Unlock your keyring and try again. If you have none, install GNOME Keyring or KWallet, or set "password-store" to "basic" with the command "Preferences: Configure Runtime Arguments" and restart the editor.',
          )
        : l10n.t('Unlock the keychain of your operating system and try again.'),
  };
}

function explainHubError(error: HubError): ErrorDescription {
  const status = error.status === undefined ? '' : ` (${error.status})`;
  switch (error.kind) {
    case 'unauthenticated':
      return {
        what: withReason(l10n.t('The server did not accept the sign-in.'), error),
        nextStep: l10n.t('Check the username and the password or access token, or sign in again.'),
      };
    case 'forbidden':
      if (saysTokenIsLacking(error.reason)) {
        return isDeletion(error)
          ? {
              what: l10n.t('Your access token is not allowed to do this.'),
              nextStep: l10n.t('Deleting needs a token with Read, Write & Delete permission.'),
            }
          : {
              what: withReason(l10n.t('Your access token is not allowed to do this.'), error),
              nextStep: l10n.t('Sign in with an access token that has more permissions.'),
            };
      }
      return {
        what: withReason(l10n.t('Your account or access token is not allowed to do this.'), error),
        nextStep: l10n.t(
          'This may require a different Docker subscription, a different role, or an access token with more permissions.',
        ),
      };
    case 'notFound':
      return isSignIn(error)
        ? explainMissingApi()
        : {
            what: withReason(
              l10n.t('The server did not find the requested item, or your account has no access to it.'),
              error,
            ),
            nextStep: l10n.t('Check the name of the repository, and that your account has access to it.'),
          };
    case 'gone':
      return isSignIn(error)
        ? explainMissingApi()
        : {
            what: l10n.t('This server does not offer the operation.'),
            nextStep: isImageManagement(error)
              ? l10n.t('Docker removed the image-management API from hub.docker.com in December 2023.')
              : l10n.t('Check the setting "hubImages.apiUrl".'),
          };
    case 'rateLimited':
      return {
        what: l10n.t('The server is limiting the request rate.'),
        nextStep:
          error.retryAfterMs === undefined
            ? l10n.t('Try again in a minute.')
            : l10n.t('Try again in {0} seconds.', Math.ceil(error.retryAfterMs / 1000)),
      };
    case 'rejected':
      return {
        what: withReason(l10n.t('The server refused the request{0}.', status), error),
        nextStep: l10n.t('The log has the details.'),
      };
    case 'server':
      return {
        what: withReason(
          isUnavailable(error)
            ? l10n.t('The server is not available{0}.', status)
            : l10n.t('The server reported an internal error{0}.', status),
          error,
        ),
        nextStep: l10n.t('Try again later.'),
      };
    case 'network':
      return explainNetworkError(error.networkCause);
    case 'timeout':
      return {
        what: l10n.t('The server did not answer in time.'),
        nextStep: l10n.t('Try again, or increase the setting "hubImages.requestTimeoutSeconds".'),
      };
    case 'cancelled':
      return explainCancellation();
    case 'redirected':
      return {
        what: l10n.t('The server redirected the request to another address. Redirects are not followed.'),
        nextStep: l10n.t('Check the setting "hubImages.apiUrl".'),
      };
    case 'tooLarge':
      return {
        what: l10n.t('The response is too large.'),
        nextStep: l10n.t('Check that the setting "hubImages.apiUrl" is the address of a Docker Hub API.'),
      };
    case 'protocol':
      return {
        what: l10n.t('The response is not a valid Docker Hub response.'), // the reason is our own, for the log
        nextStep: l10n.t(
          'Check that the setting "hubImages.apiUrl" is the address of a Docker Hub API. The log has the details.',
        ),
      };
    case 'accessTokenNeeded':
      return {
        what: l10n.t('To delete images on Docker Hub, sign in with an access token.'),
        nextStep: l10n.t(
          'Sign out, then sign in with a personal access token with the Read, Write & Delete permission instead of your password.',
        ),
      };
    case 'usernameUnknown':
      return {
        what: l10n.t(
          'The server accepted the email address, but did not report the username of the account.',
        ),
        nextStep: l10n.t('Sign in with your Docker ID instead of the email address.'),
      };
    case 'dryRunMismatch':
      return {
        what: error.isDryRun
          ? l10n.t('The server answered a dry run as if it were a deletion. No further request was sent.')
          : l10n.t('The server answered a deletion as if it were a dry run. No further request was sent.'),
        nextStep: '',
      };
  }
}

function explainCancellation(): ErrorDescription {
  return { what: l10n.t('The request was canceled.'), nextStep: '' };
}

/** Whether it was a request of a sign-in, which every Docker Hub API takes. */
function isSignIn({ path }: HubError): boolean {
  return path.startsWith('/v2/users/') || path === '/v2/auth/token';
}

/** Whether it was a request of the image-management API. */
function isImageManagement({ path }: HubError): boolean {
  return /^\/v2\/namespaces\/[^/]+\/(delete-images$|repositories\/[^/]+\/images)/.test(path);
}

/** Whether it was a request to delete, or the dry run of one. */
function isDeletion({ method, path }: HubError): boolean {
  return method === 'DELETE' || /^\/v2\/namespaces\/[^/]+\/delete-images$/.test(path);
}

function explainMissingApi(): ErrorDescription {
  return {
    what: l10n.t('There is no Docker Hub API at this address.'),
    nextStep: l10n.t('Check the setting "hubImages.apiUrl".'),
  };
}

function explainNetworkError(cause: NetworkCause | undefined): ErrorDescription {
  switch (cause) {
    case 'certificate':
      return {
        what: l10n.t("The server's certificate is not trusted."),
        nextStep: l10n.t(
          'If your network uses its own certificate authority, add it to the certificates of your operating system and check the setting "http.systemCertificates". The log names the reason.',
        ),
      };
    case 'tls':
      return {
        what: l10n.t('No encrypted connection to the server could be established.'),
        nextStep: l10n.t('Check that the setting "hubImages.apiUrl" begins with the right protocol.'),
      };
    case 'name':
      return {
        what: l10n.t('The name of the server was not found.'),
        nextStep: l10n.t('Check your network connection and the setting "hubImages.apiUrl".'),
      };
    case 'refused':
      return {
        what: l10n.t('The server refused the connection.'),
        nextStep: l10n.t('Check the setting "hubImages.apiUrl", and whether the server or proxy is running.'),
      };
    case 'reset':
      return {
        what: l10n.t('The connection was closed before the response was complete.'),
        nextStep: l10n.t('Try again. If it happens again, check your network connection and proxy.'),
      };
    case 'unreachable':
      return {
        what: l10n.t('The server could not be reached.'),
        nextStep: l10n.t('Check your network connection, VPN, and proxy.'),
      };
    case 'proxy':
      return {
        what: l10n.t('The proxy requires authentication.'),
        nextStep: l10n.t(
          'Check the address, the username, and the password in the setting "http.proxy", or sign in to the proxy when VS Code asks.',
        ),
      };
    case undefined:
      return {
        what: l10n.t('The connection to the server failed.'),
        nextStep: l10n.t(
          'Check your network connection, the proxy and the setting "hubImages.apiUrl". The log names the reason.',
        ),
      };
  }
}

function withReason(what: string, { reason }: HubError): string {
  return reason === undefined || isStatusText(reason)
    ? what
    : l10n.t('{0} The server says: “{1}”.', what, sanitizeLabel(reason.replace(/\.$/, '')));
}

/** A gateway that has lost contact with the server, or a server that is overloaded or being maintained. */
function isUnavailable({ status }: HubError): boolean {
  return status === 502 || status === 503 || status === 504;
}

/** Whether a reason of the server only repeats the status of its response, as `404`, `Not Found` or `404: Page Not Found`. */
export function isStatusText(reason: string): boolean {
  return /^(\d{3})?[\s:]*(bad request|unauthorized|forbidden|(page )?not found|method not allowed|too many requests|internal server error|bad gateway|service unavailable|gateway time-?out)?\.?$/i.test(
    reason.trim(),
  );
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return capital.endsWith('.') ? capital : `${capital}.`;
}
