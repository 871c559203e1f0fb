import type { Services } from '../../interaction/services';

export async function showHistory({ history }: Services): Promise<void> {
  await history.show();
}
