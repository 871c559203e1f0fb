import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Sandbox, type SandboxOptions } from '../../../src/sandbox/index';

/** An address on loopback at which one sandbox follows another, for a workbench that stays open meanwhile. */
export class HubAddress {
  readonly url: string;
  readonly #server: Server;
  readonly #open: Set<ServerResponse>;
  #sandbox: Sandbox | undefined;
  #serve: RequestListener = breakOff;

  private constructor(server: Server, open: Set<ServerResponse>) {
    const { port } = server.address() as AddressInfo; // a listening TCP server has one
    this.url = `http://127.0.0.1:${port}`;
    this.#server = server;
    this.#open = open;
  }

  static async listen(): Promise<HubAddress> {
    const open = new Set<ServerResponse>();
    const listener: RequestListener = (request, response) => {
      open.add(response);
      response.once('close', () => open.delete(response));
      address.#serve(request, response);
    };
    const server = createServer(listener);
    server.keepAliveTimeout = 600_000; // a client must not meet a connection that is just being closed
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = new HubAddress(server, open);
    return address;
  }

  /** Puts a new sandbox in the place of the one before. */
  async renew(options: SandboxOptions): Promise<Sandbox> {
    await this.release();
    const sandbox = new Sandbox(options);
    this.#serve = sandbox.serveAt(this.url);
    this.#sandbox = sandbox;
    return sandbox;
  }

  /** Ends the sandbox with the requests that it still holds. Until the next one comes, requests are broken off. */
  async release(): Promise<void> {
    this.#serve = breakOff;
    await this.#sandbox?.stop();
    this.#sandbox = undefined;
    for (const response of this.#open) response.destroy();
  }

  async close(): Promise<void> {
    await this.release();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

function breakOff(_request: unknown, response: ServerResponse): void {
  response.destroy();
}
