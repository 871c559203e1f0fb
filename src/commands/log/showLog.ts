import type { Services } from '../../interaction/services';

export function showLog({ log }: Services): Promise<void> {
  log.show();
  return Promise.resolve();
}
