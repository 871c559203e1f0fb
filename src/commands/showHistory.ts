import type { Services } from './services';

export async function showHistory({ history }: Services): Promise<void> {
  await history.show();
}
