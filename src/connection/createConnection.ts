import { HubDirectory } from '../hub/directory';
import { HubHttp, type HubLog, type HubPause } from '../hub/http';
import { ManagementImageApi } from '../hub/management/managementImageApi';
import { HubSession, type TokenStore } from '../hub/session';
import type { HubConnection } from './hubConnection';

export interface ConnectionOptions {
  readonly kind: HubConnection['kind'];
  readonly baseUrl: URL;
  readonly tokens: TokenStore;
  readonly onUnauthenticated: (session: HubSession, signal: AbortSignal) => Promise<boolean>;
  readonly timeoutMs: () => number;
  readonly maxConcurrentRequests: () => number;
  readonly onDidWait: (pause: HubPause) => void;
  readonly log: HubLog;
}

/** Builds everything that speaks to one server. Nothing is sent yet. */
export function createConnection(options: ConnectionOptions): HubConnection {
  const { kind, tokens, onUnauthenticated, ...world } = options;
  const http: HubHttp = new HubHttp({
    ...world,
    accessToken: () => session.bearerToken(),
    onUnauthenticated: async (signal) =>
      (await session.renew()) !== undefined || onUnauthenticated(session, signal),
  });
  const session = new HubSession(http, tokens);
  return {
    kind,
    origin: http.origin,
    now: () => http.serverNow(),
    session,
    directory: new HubDirectory(http),
    images: new ManagementImageApi(http),
    dispose() {
      http.dispose();
    },
  };
}
