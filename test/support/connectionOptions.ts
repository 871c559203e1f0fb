import { MemoryTokenStore } from '../../src/auth/memoryTokenStore';
import type { ConnectionOptions } from '../../src/connection/createConnection';
import { parseBaseUrl } from '../../src/hub/http/baseUrl';

/** A connection that keeps nothing, asks nobody and tells nobody, but for what a test says otherwise. */
export function connectionOptions(url: string, others: Partial<ConnectionOptions> = {}): ConnectionOptions {
  return {
    kind: 'hub',
    baseUrl: parseBaseUrl(url),
    tokens: new MemoryTokenStore(),
    onUnauthenticated: () => Promise.resolve(false),
    timeoutMs: () => 10_000,
    maxConcurrentRequests: () => 8,
    onDidWait: () => undefined,
    imageApi: undefined,
    mayReadManifests: () => true,
    storageFolder: undefined,
    onDidChooseImageApi: () => undefined,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
    ...others,
  };
}
