import { AutoImageApi, type ImageApiKind } from '../hub/autoImageApi';
import { HubDirectory } from '../hub/directory';
import { HubHttp, type HubLog } from '../hub/http/http';
import type { HubPause } from '../hub/http/requestPolicy';
import type { RegistryClient } from '../hub/registry';
import { readUsername } from '../hub/session/accountName';
import { type AskUsername, HubSession, type TokenStore } from '../hub/session/session';
import { MutableDisposable } from '../util/dispose';
import type { HubConnection } from './hubConnection';

export interface ConnectionOptions {
  readonly kind: HubConnection['kind'];
  readonly baseUrl: URL;
  readonly tokens: TokenStore;
  readonly onUnauthenticated: (session: HubSession, signal: AbortSignal) => Promise<boolean>;
  readonly timeoutMs: () => number;
  readonly maxConcurrentRequests: () => number;
  readonly onDidWait: (pause: HubPause) => void;
  /** What the person has decided; `undefined` leaves it to what the server offers. */
  readonly imageApi: ImageApiKind | undefined;
  /** Whether the user may be asked to have manifests read from the registry, each of which counts as a pull. */
  readonly mayReadManifests: () => boolean;
  /** Where it is stored what the registry said about manifests; `undefined` keeps it in memory. */
  readonly storageFolder: string | undefined;
  /** The server was found to offer this one. */
  readonly onDidChooseImageApi: (kind: ImageApiKind) => void;
  readonly log: HubLog;
}

/** Builds everything that speaks to one server. Nothing is sent yet. */
export function createConnection(options: ConnectionOptions): HubConnection {
  const {
    kind,
    tokens,
    onUnauthenticated,
    imageApi,
    mayReadManifests,
    storageFolder,
    onDidChooseImageApi,
    ...world
  } = options;
  const http: HubHttp = new HubHttp({
    ...world,
    accessToken: () => session.bearerToken(),
    onUnauthenticated: async (signal) =>
      (await session.renew()) !== undefined || onUnauthenticated(session, signal),
  });
  // the token is not that of the account in use, whose requests go on meanwhile
  const askUsername: AskUsername = async (token, signal) => {
    const client = new HubHttp({ ...world, accessToken: () => Promise.resolve(token) });
    try {
      return await readUsername(client, signal);
    } finally {
      client.dispose();
    }
  };
  const session = new HubSession(http, tokens, askUsername);
  const logRereading = (number: number, contradiction: Error): void => {
    options.log.info(`${contradiction.message}; starting reading ${number}`);
  };
  const registry = new MutableDisposable<RegistryClient>();
  const images = new AutoImageApi({
    management: async () => {
      const { ManagementImageApi } = await import('../hub/management/managementImageApi');
      return new ManagementImageApi(http);
    },
    registry: async () => {
      const { MemoryManifestStore, RegistryClient, RegistryImageApi, registryAddress } =
        await import('../hub/registry');
      const { FolderManifestStore } = await import('./folderManifestStore');
      const now = () => http.serverNow();
      const client = new RegistryClient({
        ...world,
        ...registryAddress(http.origin),
        now,
        credentials: () => session.registryCredentials(),
      });
      registry.value = client;
      return new RegistryImageApi({
        http,
        registry: client,
        mayReadManifests,
        manifestStore:
          storageFolder === undefined
            ? new MemoryManifestStore()
            : FolderManifestStore.below(storageFolder)(http.origin),
        now,
        log: options.log,
      });
    },
    decided: imageApi,
    onDidChoose: (chosen) => {
      options.log.info(`${http.origin}: images are read with the ${chosen} API`);
      onDidChooseImageApi(chosen);
    },
    onWillReadAgain: logRereading,
  });
  return {
    kind,
    origin: http.origin,
    now: () => http.serverNow(),
    session,
    directory: new HubDirectory(http, logRereading),
    images,
    imageApiKind: () => images.kind,
    dispose() {
      http.dispose();
      registry.dispose();
    },
  };
}
