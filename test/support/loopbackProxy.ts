import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A proxy on loopback that requires a user name and a password. */
export interface LoopbackProxy {
  readonly port: number;
  /** What was requested, such as `CONNECT hub.example.test:443 407`. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts a proxy that leads every host to one port of this computer, so that no name has to be resolved.
 *
 * @param targetPort Of the server that answers for every host.
 * @param credentials Such as `user:password`.
 */
export async function startLoopbackProxy(targetPort: number, credentials: string): Promise<LoopbackProxy> {
  const expected = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const statusOf = ({ method, url, headers }: IncomingMessage): number => {
    const status = headers['proxy-authorization'] === expected ? 200 : 407;
    requests.push(`${method ?? ''} ${url ?? ''} ${status}`);
    return status;
  };
  const server = createServer((request, response) => {
    response
      .writeHead(statusOf(request) === 407 ? 407 : 502, { 'proxy-authenticate': 'Basic realm="test"' })
      .end();
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    if (statusOf(request) === 407) {
      socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\nContent-Length: 0\r\n\r\n',
      );
      return;
    }
    const target = connect(targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    sockets.add(target);
    target.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  return {
    port,
    requests,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
}
