import { parseBaseUrl } from '../../../src/hub/http/baseUrl';
import { type HubFetch, HubHttp } from '../../../src/hub/http/http';
import type { ImageApi } from '../../../src/hub/imageApi';
import { ManagementImageApi } from '../../../src/hub/management/managementImageApi';
import { RegistryClient, RegistryImageApi } from '../../../src/hub/registry';
import { MemoryManifestStore } from '../../../src/hub/registry/manifestStore';
import type { ModelHub } from './modelHub';
import { modelPassword, modelUser } from './modelWorld';
import type { ModelApiKind, PersonSpec } from './scenario';

/** Over connections; long enough for a busy computer, and short, since many a request hangs. */
const timeoutMs = 200;

/** Without connections, the hub itself says when the time is up: see {@link ModelHub.fetch}. */
const neverMs = 60_000;

/** A client of one person. */
export interface ModelApi {
  readonly api: ImageApi;
  readonly origin: string;
  dispose(): void;
}

export interface ModelApiOptions {
  readonly hub: ModelHub;
  readonly spec: PersonSpec;
  readonly now: () => Date;
  readonly fetch: HubFetch;
}

const silent = (): void => undefined;
const log = { debug: silent, info: silent, warn: silent };

/** Opens the API as the connection does, with the clock and the requests of a run. */
export function openApi(kind: ModelApiKind, { hub, spec, now, fetch }: ModelApiOptions): ModelApi {
  let token = hub.issueToken();
  const isManagement = kind === 'management';
  const world = {
    baseUrl: parseBaseUrl(hub.url),
    timeoutMs: () => (hub.sandbox.url === '' ? neverMs : timeoutMs),
    maxConcurrentRequests: () => 4,
    log,
    now,
    // where a run has a time of its own, pauses take it
    delay: (ms: number, signal: AbortSignal) => hub.clock.delay(isManagement ? 0 : ms, signal),
    random: () => 0.5,
    fetch,
  };
  const http = new HubHttp({
    ...world,
    accessToken: () => Promise.resolve(token),
    onUnauthenticated: () => {
      token = hub.issueToken();
      return Promise.resolve(spec.signsInAgain);
    },
  });
  const { origin } = http;
  if (isManagement) {
    return {
      api: new ManagementImageApi(http),
      origin,
      dispose: () => {
        http.dispose();
      },
    };
  }
  const registry = new RegistryClient({
    ...world,
    realm: new URL('/token', hub.url),
    service: 'registry.docker.io',
    credentials: () => Promise.resolve({ username: modelUser, password: modelPassword }),
  });
  const api = new RegistryImageApi({
    http,
    registry,
    mayReadManifests: () => spec.mayReadIndexes,
    manifestStore: new MemoryManifestStore(),
    now,
    log,
  });
  return {
    api,
    origin,
    dispose: () => {
      http.dispose();
      registry.dispose();
    },
  };
}
