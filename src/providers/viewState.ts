import type { NamespaceList } from '../catalog/serverContents';
import { isHubError } from '../hub/errors';
import type { NetworkCause } from '../hub/http/networkCause';

/**
 * What the view shows of the server in use. All but `rows` are welcome texts with buttons, in the place of rows:
 *
 * - `loading`: namespaces are listed for the first time
 * - `empty`: there is no namespace
 * - `offline`, `untrusted`, `proxy`: there is no connection; no trusted one; none without a sign-in to the proxy
 * - `notDockerHub`: something else answers at the address
 * - `refused`: the sign-in was not accepted
 */
export const viewStates = [
  'loading',
  'rows',
  'empty',
  'offline',
  'untrusted',
  'proxy',
  'notDockerHub',
  'refused',
] as const;
export type ViewState = (typeof viewStates)[number];

/**
 * What the list of namespaces comes to. If nothing is known but that it failed, and no other request could do better, that
 * is a state of the whole view: a row has no space for what to do about it.
 */
export function viewStateOf({ entries, unread, error, wasListed }: NamespaceList): ViewState {
  if (error === undefined || isHubError(error, 'gone')) {
    return entries.length === 0 && unread.length === 0 ? 'empty' : 'rows';
  }
  const isAnyAdded = entries.some(({ namespace }) => namespace.origin === 'added');
  return wasListed || isAnyAdded ? 'rows' : stateAfter(error);
}

function stateAfter(error: Error): ViewState {
  if (!isHubError(error)) {
    return 'rows';
  }
  switch (error.kind) {
    case 'network':
      return stateWithout(error.networkCause);
    case 'timeout':
      return 'offline';
    case 'protocol':
    case 'redirected':
    case 'tooLarge':
    case 'notFound':
      return 'notDockerHub';
    case 'unauthenticated':
      return 'refused';
    default:
      return 'rows'; // other requests may succeed
  }
}

function stateWithout(cause: NetworkCause | undefined): ViewState {
  switch (cause) {
    case 'certificate':
    case 'tls':
      return 'untrusted';
    case 'proxy':
      return 'proxy';
    default:
      return 'offline';
  }
}
