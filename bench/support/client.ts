import nodeHttp from 'node:http';
import { MemoryTokenStore } from '../../src/auth/memoryTokenStore';
import { createConnection } from '../../src/connection/createConnection';
import type { HubConnection } from '../../src/connection/hubConnection';
import { parseBaseUrl } from '../../src/hub/http/baseUrl';
import { benchAccount } from './benchWorld';

export const concurrency = 8;

/** A connection as the extension makes it, signed in. */
export async function connect(url: string, onDidWait = (): void => undefined): Promise<HubConnection> {
  const connection = createConnection({
    kind: 'hub',
    baseUrl: parseBaseUrl(url),
    tokens: new MemoryTokenStore(),
    onUnauthenticated: () => Promise.resolve(false),
    timeoutMs: () => 30_000,
    maxConcurrentRequests: () => concurrency,
    onDidWait,
    imageApi: 'management',
    mayReadManifests: () => false,
    storageFolder: undefined,
    onDidChooseImageApi: () => undefined,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
  });
  await connection.session.signIn(benchAccount);
  return connection;
}

/** Counts the requests that leave this process, and the answers of each status. */
export function countRequests(): {
  readonly requests: () => number;
  readonly answers: (status: number) => number;
} {
  const statuses: number[] = [];
  let requests = 0;
  const { request } = nodeHttp;
  nodeHttp.request = ((...args: Parameters<typeof request>) => {
    requests += 1;
    const outgoing = request(...args);
    outgoing.on('response', ({ statusCode = 0 }) => statuses.push(statusCode));
    return outgoing;
  }) as typeof request; // the overloads are one function
  return { requests: () => requests, answers: (status) => statuses.filter((one) => one === status).length };
}
