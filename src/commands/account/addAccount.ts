import type { Services } from '../../interaction/services';
import { leaveSandbox } from '../sandbox/leaveSandbox';

/** Signs in with one more account, and takes it into use. */
export async function addAccount(services: Services): Promise<void> {
  if (await leaveSandbox(services)) {
    await services.connections.addAccount();
  }
}
