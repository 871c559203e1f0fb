import type { Services } from '../../interaction/services';
import { leaveSandbox } from '../sandbox/leaveSandbox';

/** Signs in to the server of the settings. In the sandbox, which needs no account, it first offers to leave the sandbox. */
export async function signIn(services: Services): Promise<void> {
  if (await leaveSandbox(services)) {
    await services.connections.signIn();
  }
}
