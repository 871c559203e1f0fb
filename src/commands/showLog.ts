import type { Services } from './services';

export function showLog({ log }: Services): Promise<void> {
  log.show();
  return Promise.resolve();
}
