import type { Services } from '../../interaction/services';

/** Opens the deletion history. */
export async function showHistory({ history }: Services): Promise<void> {
  await history.show();
}
