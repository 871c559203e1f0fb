import type { Services } from '../../interaction/services';
import { leaveSandbox } from '../sandbox/leaveSandbox';

/** Signs in to the Docker Hub of the settings. In the sandbox there is nothing to sign in to. */
export async function signIn(services: Services): Promise<void> {
  if (await leaveSandbox(services)) {
    await services.connections.signIn();
  }
}
