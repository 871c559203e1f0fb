import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import type { Uri } from 'vscode';
import { webviewHtml } from '../../../src/webview/webviewHtml';

/** A page. */
export interface ServedPage {
  /** Name of its script and style sheet. */
  readonly bundle: string;
  readonly title: string;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** Serves the page of a webview and its bundle on loopback, with the page's policy as a header too. */
export class WebviewServer {
  readonly #server: Server;
  readonly origin: string;

  private constructor(server: Server, origin: string) {
    this.#server = server;
    this.origin = origin;
  }

  static async start(served: ServedPage): Promise<WebviewServer> {
    const server = createServer((request, response) => {
      const { headers, url } = request;
      answer(served, url ?? '/', `http://${headers.host ?? ''}`).then(
        ({ type, body, policy }) => {
          response.setHeader('content-type', type);
          if (policy !== undefined) {
            response.setHeader('content-security-policy', policy);
          }
          response.end(body);
        },
        (error: unknown) => {
          response.statusCode = 404;
          response.end(String(error));
        },
      );
    });
    await new Promise<void>((listening) => {
      server.listen(0, '127.0.0.1', listening);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('the server does not listen on a port');
    }
    return new WebviewServer(server, `http://127.0.0.1:${String(address.port)}`);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}

interface Answer {
  readonly type: string;
  readonly body: string | Buffer;
  readonly policy?: string | undefined;
}

async function answer({ bundle, title }: ServedPage, url: string, origin: string): Promise<Answer> {
  if (url.startsWith('/?')) {
    const source = { cspSource: origin, asWebviewUri: (resource: Uri) => resource };
    const body = webviewHtml(source, uri(`${origin}/page`), bundle, title);
    return { type: 'text/html', body, policy: policyOf(body) };
  }
  const type = types[extname(url)];
  if (type === undefined) {
    return { type: 'text/plain', body: '' }; // the browser asks for an icon
  }
  return { type, body: await readFile(resolve('dist/webviews', basename(url))) };
}

/** As much of an editor's URI as the page needs, without an editor. */
function uri(path: string): Uri {
  const made = { path, with: (change: { readonly path: string }) => uri(change.path), toString: () => path };
  return made as unknown as Uri; // the rest is never looked at
}

function policyOf(html: string): string | undefined {
  return /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&quot;', '"');
}
