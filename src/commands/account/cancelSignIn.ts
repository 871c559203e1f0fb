import type { Services } from '../../interaction/services';

/** Gives up the sign-in that is under way, if any. */
export function cancelSignIn({ connections }: Services): Promise<void> {
  connections.cancelSignIn();
  return Promise.resolve();
}
