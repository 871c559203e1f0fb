import nodeHttp from 'node:http';
import { MemoryTokenStore } from '../../src/auth/memoryTokenStore';
import { type ConnectionOptions, createConnection } from '../../src/connection/createConnection';
import type { HubConnection } from '../../src/connection/hubConnection';
import { parseBaseUrl } from '../../src/hub/http/baseUrl';
import { benchAccessToken, benchAccount } from './benchWorld';

export const concurrency = 8;

export type ConnectOptions = Partial<Pick<ConnectionOptions, 'imageApi' | 'mayReadManifests' | 'onDidWait'>>;

/** A connection as the extension makes it, signed in; to the image-management API unless said otherwise. */
export async function connect(url: string, options: ConnectOptions = {}): Promise<HubConnection> {
  const connection = createConnection({
    kind: 'hub',
    baseUrl: parseBaseUrl(url),
    tokens: new MemoryTokenStore(),
    onUnauthenticated: () => Promise.resolve(false),
    timeoutMs: () => 30_000,
    maxConcurrentRequests: () => concurrency,
    onDidWait: () => undefined,
    imageApi: 'management',
    mayReadManifests: () => false,
    storageFolder: undefined,
    onDidChooseImageApi: () => undefined,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
    ...options,
  });
  const { username, password } = benchAccount;
  const secret = options.imageApi === 'registry' ? benchAccessToken : password;
  await connection.session.signIn({ username, password: secret });
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
