import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived, with its whole body. */
export interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Of the connection, to tell whether it was used again. */
  readonly clientPort: number;
  /** Aborts when the client has closed the connection before the answer was complete. */
  readonly gone: AbortSignal;
}

/** Answers one request, rightly or wrongly. An answer that never ends is one too. */
export type Script = (request: ScriptedRequest, response: ServerResponse) => void;

/** A server on loopback that does whatever the test says. */
export interface ScriptedServer {
  readonly url: string;
  readonly requests: readonly ScriptedRequest[];
  /** One script a request; the last one answers all further requests. */
  answer(...scripts: readonly Script[]): void;
}

/** Call it inside `describe`. Every test gets a fresh server. */
export function withScriptedServer(): ScriptedServer {
  let scripts: readonly Script[] = [];
  let requests: ScriptedRequest[] = [];
  let url = '';
  let stop = (): Promise<void> => Promise.resolve();

  beforeEach(async () => {
    scripts = [];
    requests = [];
    const server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { pathname, searchParams } = new URL(url + (incoming.url ?? ''));
        const gone = new AbortController();
        response.once('close', () => {
          if (!response.writableFinished) {
            gone.abort();
          }
        });
        const request: ScriptedRequest = {
          method: incoming.method ?? '',
          path: pathname,
          query: searchParams,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString(),
          clientPort: incoming.socket.remotePort ?? 0,
          gone: gone.signal,
        };
        requests.push(request);
        const script = scripts[Math.min(requests.length, scripts.length) - 1];
        (script ?? json(500, { message: 'no script' }))(request, response);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // a listening TCP server has one
    url = `http://127.0.0.1:${port}`;
    stop = async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    };
  });

  afterEach(() => stop());

  return {
    get url() {
      return url;
    },
    get requests() {
      return requests;
    },
    answer(...given) {
      scripts = given;
    },
  };
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Script {
  return raw(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

export function raw(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Script {
  return (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Never answers. */
export const hang: Script = () => undefined;

/** Begins an answer and never ends it. */
export const hangInBody: Script = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"half":');
};

/** Closes the connection without an answer. */
export const reset: Script = (_request, response) => {
  response.destroy();
};

/** Announces more than it sends before it closes the connection. */
export const breakOff: Script = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"half":', () => response.destroy());
};
