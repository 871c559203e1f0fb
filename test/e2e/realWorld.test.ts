import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { sandboxAccounts } from '../../src/sandbox/index';
import { untrusted } from '../support/certificateAuthorities';
import { type LoopbackProxy, startLoopbackProxy } from '../support/loopbackProxy';
import { screenshot } from '../workbench/artifacts';
import { changeSettings } from '../workbench/changeSettings';
import { dialog, openHubImages, pick, quickInput, runCommand } from '../workbench/driver';
import { describeOn } from './support/apis';
import { isDeletion } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { imageRows, messageRow, namespaceRow, openRepository, openRow, repositoryRow } from './support/rows';
import { enterPassword, enterUsername, problem, signIn, usernameBox } from './support/signIn';
import { eventually, hasText } from './support/waitFor';

const { demo } = sandboxAccounts;
const withToken = { username: demo.username, password: demo.accessTokens[0] };

describeOn('registry', 'a Hub with odd names and values', () => {
  const { hub, workbench } = useHubWorkbench('registry', { hub: () => ({ routes: 'today' }) });
  const page = () => workbench().page;

  before(async () => {
    const { world } = hub.sandbox;
    world.addOrganisation('old-', { demo: 'read' });
    world.addRepository('acme/Legacy');
    world.addRepository('acme/a b');
    await openHubImages(page());
    await signIn(page(), withToken);
  });

  it('shows names outside the grammar, and counts what cannot be a name (row 11)', async () => {
    await namespaceRow(page(), 'old-').waitFor();
    await openRow(page(), namespaceRow(page(), 'acme'));
    await repositoryRow(page(), 'acme/Legacy').waitFor();
    await repositoryRow(page(), 'acme/api').waitFor();
    await hasText(messageRow(page(), '1 entry could not be read'), 'name');
    await screenshot(page(), 'odd-names');
  });

  it('shows the other images beside entries that cannot be read, and refuses to delete in bulk (row 12)', async () => {
    hub.sandbox.faults.add({
      on: { when: ({ path }) => path.endsWith('/acme/repositories/api/tags') },
      times: 'always',
      fault: {
        kind: 'transformBody',
        transform: (body) => {
          const { results, ...rest } = body as { results: object[] }; // the sandbox writes it
          return { ...rest, results: [null, { ...results[1], digest: '' }, ...results.slice(2)] };
        },
      },
    });
    await runCommand(page(), 'Hub Images: Refresh');
    await openRepository(page(), 'acme/api');
    await messageRow(page(), '2 entries could not be read').waitFor();
    await imageRows(page()).first().waitFor();
    await hasText(repositoryRow(page(), 'acme/api'), '2 unreadable');
    await screenshot(page(), 'unreadable-entries');
    await runCommand(page(), 'Hub Images: Delete Inactive Images…');
    await pick(page(), 'acme/api');
    await hasText(dialog(page()), '2 entries in the lists on the server could not be read.');
    await screenshot(page(), 'unreadable-refused');
    await dialog(page()).getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(hub.exchanges.filter(isDeletion), []);
  });
});

describeOn('registry', 'a server that cannot be reached', () => {
  const { workbench } = useHubWorkbench('registry');
  const page = () => workbench().page;
  let server: Server;
  let proxy: LoopbackProxy;
  let port: number;

  before(async () => {
    server = createServer({ cert: untrusted.certificate, key: untrusted.key }, (_request, response) => {
      response.end('{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo); // a listening TCP server has one
    proxy = await startLoopbackProxy(port, 'user:password');
    await openHubImages(page());
  });
  afterEach(async () => {
    await page().keyboard.press('Escape');
    await quickInput(page()).waitFor({ state: 'hidden' });
  });
  after(async () => {
    await proxy.stop();
    server.close();
  });

  it('names a certificate of a private authority, with the next step (row 14)', async () => {
    await changeSettings(workbench(), { 'hubImages.apiUrl': `https://localhost:${port}` });
    await trySignIn(`localhost:${port}`);
    await hasText(problem(page()), /^The server's certificate is not trusted\. .*http\.systemCertificates/);
    await screenshot(page(), 'network-certificate');
  });

  it('names a proxy that requires authentication, with the next step (row 14)', async () => {
    await changeSettings(workbench(), {
      'hubImages.apiUrl': 'https://hub.example.test',
      'http.proxy': `http://127.0.0.1:${proxy.port}`,
    });
    await trySignIn('hub.example.test');
    await hasText(problem(page()), /^The proxy requires authentication\. .*http\.proxy/);
    await screenshot(page(), 'network-proxy');
    assert.equal(proxy.requests[0], 'CONNECT hub.example.test:443 407');
  });

  /** The new address may take effect only after the settings are saved, so the box is opened until it names it. */
  async function trySignIn(host: string): Promise<void> {
    await eventually(async () => {
      await page().keyboard.press('Escape');
      await quickInput(page()).waitFor({ state: 'hidden' });
      await runCommand(page(), 'Hub Images: Sign In to Docker Hub');
      await usernameBox(page()).waitFor();
      return (await quickInput(page()).textContent())?.includes(`Sign in to ${host}`);
    }, true);
    await enterUsername(page(), demo.username);
    await enterPassword(page(), demo.password);
  }
});
