import { HubError } from '../../../src/hub/errors';
import { parseBaseUrl } from '../../../src/hub/http/baseUrl';
import { HubHttp } from '../../../src/hub/http/http';
import { describeError } from '../../../src/texts/errors';

/** What a request of the extension came to. */
export interface ProbeResult {
  readonly status: number | undefined;
  readonly networkCause: string | undefined;
  /** What a person reads. */
  readonly text: string;
  readonly log: readonly string[];
}

/** Sends one request as the extension does, from a module that is bundled like the extension. */
export async function probe(url: string): Promise<ProbeResult> {
  const log: string[] = [];
  const write = (message: string) => void log.push(message);
  const http = new HubHttp({
    baseUrl: parseBaseUrl(url),
    accessToken: () => Promise.resolve('secret-token'),
    timeoutMs: () => 5_000,
    maxConcurrentRequests: () => 1,
    log: { debug: write, info: write, warn: write },
    delay: () => Promise.resolve(),
  });
  try {
    const { status } = await http.get('/v2/user/', { secret: 'secret-query' });
    return { status, networkCause: undefined, text: '', log };
  } catch (error) {
    const networkCause = error instanceof HubError ? error.networkCause : undefined;
    return { status: undefined, networkCause, text: describeError(error), log };
  } finally {
    http.dispose();
  }
}
