import { leaveSandbox } from './leaveSandbox';
import type { Services } from './services';

/** Signs in with one more account, and takes it into use. */
export async function addAccount(services: Services): Promise<void> {
  if (await leaveSandbox(services)) {
    await services.connections.addAccount();
  }
}
