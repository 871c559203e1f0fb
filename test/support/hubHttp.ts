import { parseBaseUrl } from '../../src/hub/http/baseUrl';
import { HubHttp, type HubHttpOptions } from '../../src/hub/http/http';
import type { HubPause } from '../../src/hub/http/requestPolicy';

/** The token that a test's client sends unless it says otherwise. */
export const testToken = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ0ZXN0In0.c2lnbmF0dXJl';

/** A client and what it told the world it was given. */
export interface TestClient {
  readonly http: HubHttp;
  readonly log: readonly string[];
  /** Lengths of the pauses it made; none of them took any time. */
  readonly delays: readonly number[];
  readonly pauses: readonly HubPause[];
}

const clients = new Set<HubHttp>();

/** Disposed after the test. */
export function createTestClient(url: string, options: Partial<HubHttpOptions> = {}): TestClient {
  const log: string[] = [];
  const delays: number[] = [];
  const pauses: HubPause[] = [];
  const write = (message: string) => void log.push(message);
  const http = new HubHttp({
    baseUrl: parseBaseUrl(url),
    accessToken: () => Promise.resolve(testToken),
    timeoutMs: () => 5_000,
    maxConcurrentRequests: () => 8,
    log: { debug: write, info: write, warn: write },
    onDidWait: (pause) => void pauses.push(pause),
    delay: (ms, signal) => {
      delays.push(ms);
      return signal.aborted ? Promise.reject(new Error('aborted')) : Promise.resolve();
    },
    random: () => 1,
    ...options,
  });
  clients.add(http);
  return { http, log, delays, pauses };
}

afterEach(() => {
  for (const http of clients) {
    http.dispose();
  }
  clients.clear();
});
