import type { Services } from '../../interaction/services';

/** Closes the embedded Hub; what was done in it is forgotten. */
export function stopSandbox({ connections }: Services): Promise<void> {
  connections.stopSandbox();
  return Promise.resolve();
}
