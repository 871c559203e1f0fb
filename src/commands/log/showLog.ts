import type { Services } from '../../interaction/services';

/** Shows the log in the output panel. */
export function showLog({ log }: Services): Promise<void> {
  log.show();
  return Promise.resolve();
}
