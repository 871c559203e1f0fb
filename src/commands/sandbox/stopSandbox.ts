import type { Services } from '../../interaction/services';

/** Stops the sandbox. Changes made in it are lost. */
export function stopSandbox({ connections }: Services): Promise<void> {
  connections.stopSandbox();
  return Promise.resolve();
}
