import { leaveSandbox } from './leaveSandbox';
import type { Services } from './services';

/** Signs in to the Docker Hub of the settings. In the sandbox there is nothing to sign in to. */
export async function signIn(services: Services): Promise<void> {
  if (await leaveSandbox(services)) {
    await services.connections.signIn();
  }
}
