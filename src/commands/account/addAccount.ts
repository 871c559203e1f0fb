import type { Services } from '../../interaction/services';
import { leaveSandbox } from '../sandbox/leaveSandbox';

/** Signs in with another account and switches to it. */
export async function addAccount(services: Services): Promise<void> {
  if (await leaveSandbox(services)) {
    await services.connections.addAccount();
  }
}
