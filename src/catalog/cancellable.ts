import { HubError } from '../hub/errors';

/**
 * Waits for work that others may wait for, too. When the signal aborts, only this waiting ends; the work goes on.
 *
 * @throws {HubError} `cancelled`: the signal aborted. Otherwise whatever the work throws.
 */
export async function cancellable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) {
    return work;
  }
  let cancel = (): void => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    cancel = () => reject(new HubError('cancelled', { method: 'GET', path: '/' }));
  });
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) {
    cancel();
  }
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
