import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import * as authorities from '../../support/certificateAuthorities';
import { type LoopbackProxy, startLoopbackProxy } from '../../support/loopbackProxy';
import type * as ProbeModuleOf from '../support/networkProbe';
import type { ProbeResult } from '../support/networkProbe';

type ProbeModule = typeof ProbeModuleOf;

const credentials = 'proxy-user:proxy-password';
/** VS Code sends requests to this computer past the proxy. */
const behindProxy = 'https://hub.example.test';

/** The module is bundled as ES modules like the extension, so that the settings of VS Code apply in the same way. */
async function probe(url: string): Promise<ProbeResult> {
  const address = pathToFileURL(join(__dirname, 'probe', 'networkProbe.js')).href;
  const { probe: send } = (await import(address)) as ProbeModule;
  return send(url);
}

describe('the proxy and certificate settings of VS Code (row 14)', () => {
  const servers: Server[] = [];
  const proxies: LoopbackProxy[] = [];

  async function startServer(identity: authorities.Identity): Promise<number> {
    const { certificate: cert, key } = identity;
    const server = createServer({ cert, key }, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port; // a listening TCP server has one
  }

  const configuration = () => vscode.workspace.getConfiguration('http');

  /** @param user Such as `name:password@`; empty for none. */
  async function useProxy(user: string, identity: authorities.Identity): Promise<LoopbackProxy> {
    const proxy = await startLoopbackProxy(await startServer(identity), credentials);
    proxies.push(proxy);
    const changed = new Promise<void>((resolve) => {
      const listener = vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('http.proxy')) {
          listener.dispose();
          resolve();
        }
      });
    });
    await configuration().update('proxy', `http://${user}127.0.0.1:${proxy.port}`, true);
    await changed;
    return proxy;
  }

  afterEach(async () => {
    await configuration().update('proxy', undefined, true);
    await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
    for (const server of servers.splice(0)) {
      server.close();
    }
  });

  function assertNoSecrets({ log, text }: ProbeResult): void {
    assert.doesNotMatch([...log, text].join('\n'), /proxy-user|proxy-password|secret-token|secret-query/);
  }

  it('name a certificate of an authority that is not trusted, with its cause in the log', async () => {
    const result = await probe(`https://localhost:${await startServer(authorities.untrusted)}`);
    assert.equal(result.networkCause, 'certificate');
    assert.match(result.text, /^The server's certificate is not trusted\. If your network uses its own/);
    assert.equal(result.log.length, 1, 'it is not repeated in vain');
    assert.match(result.log[0] ?? '', /\(UNABLE_TO_VERIFY_LEAF_SIGNATURE unable to verify/);
    assertNoSecrets(result);
  });

  it('accept a certificate of a private authority that was added to the trusted ones', async () => {
    const result = await probe(`https://localhost:${await startServer(authorities.trusted)}`);
    assert.deepEqual([result.status, result.text], [200, '']);
  });

  it('name a proxy that requires authentication', async () => {
    const proxy = await useProxy('', authorities.trusted);
    const result = await probe(behindProxy);
    assert.deepEqual(proxy.requests, ['CONNECT hub.example.test:443 407']);
    assert.equal(result.networkCause, 'proxy');
    assert.match(result.text, /^The proxy requires authentication\. .*"http\.proxy"/);
    assert.match(result.log.join('\n'), /407 network .*\(the proxy requires authentication\)$/);
    assertNoSecrets(result);
  });

  it('name a proxy that rejects the user name or password of the setting, which are in no text', async () => {
    const proxy = await useProxy('proxy-user:secret-token@', authorities.trusted);
    const result = await probe(behindProxy);
    assert.ok(proxy.requests.length > 0 && proxy.requests.every((request) => request.endsWith(' 407')));
    assert.equal(result.networkCause, 'proxy');
    assertNoSecrets(result);
  });

  it('lead through a proxy with the user name and password of the setting', async () => {
    const proxy = await useProxy(`${credentials}@`, authorities.trusted);
    const result = await probe(behindProxy);
    assert.deepEqual([result.status, result.text], [200, '']);
    assert.deepEqual(proxy.requests.slice(-1), ['CONNECT hub.example.test:443 200']);
    assertNoSecrets(result);
  });

  it('name a certificate that is not trusted behind a proxy, too', async () => {
    await useProxy(`${credentials}@`, authorities.untrusted);
    const result = await probe(behindProxy);
    assert.equal(result.networkCause, 'certificate');
    assertNoSecrets(result);
  });
});
