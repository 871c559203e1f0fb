/** What the view shows in the place of rows, with pictures in artifacts/screenshots/state-*.png: four themes, three widths. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import {
  demoWorld,
  sandboxAccounts,
  type Fault,
  type FaultTarget,
  type SandboxWorld,
} from '../../src/sandbox/index';
import { hubImagesView, openHubImages, quickInput, quickInputBox, runCommand } from '../workbench/driver';
import { describeOn } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';
import { pictures, themeOfSystem } from './support/pictures';
import {
  collapseAll,
  imageRow,
  messageRow,
  namespaceRow,
  openRepository,
  openRow,
  repositoryRow,
} from './support/rows';
import { setSideBarWidth } from './support/sideBar';
import { enterPassword, enterUsername, problem, signIn, signOut, usernameBox } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { eventually } from './support/waitFor';

const { demo, outsider } = sandboxAccounts;
const narrowWidth = 250;
const normalWidth = 300;

/** Its name cannot be that of a namespace. */
const solo = { username: 'solo user', password: 'sandbox-solo', plan: 'personal', fullName: 'Solo' } as const;

/** All but those of a sign-in. */
const afterSignIn: FaultTarget = {
  when: ({ path }) => !path.startsWith('/v2/users/') && !path.startsWith('/v2/auth/'),
};

const loginPage: Fault = {
  kind: 'status',
  status: 200,
  body: '<html><body>Sign in to the network</body></html>',
  headers: { 'content-type': 'text/html' },
};

function world(): SandboxWorld {
  const made = demoWorld(new Date());
  made.addUser(solo);
  return made;
}

describeOn('management', 'the view without rows', () => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench('management', {
    hub: () => ({ world: world() }),
    settings: themeOfSystem,
  });
  const page = () => workbench().page;
  const view = () => hubImagesView(page());
  const button = (name: string): Locator => view().getByRole('button', { name, exact: true });
  const fail = (fault: Fault, on: FaultTarget = afterSignIn) =>
    hub.sandbox.faults.add({ on, times: 'always', fault });

  before(async () => {
    await openHubImages(page());
    await setSideBarWidth(page(), narrowWidth);
  });
  async function has(text: string, ...buttons: readonly string[]): Promise<void> {
    await view().getByText(text).waitFor();
    for (const name of buttons) await button(name).waitFor();
    assert.equal(await view().getByRole('treeitem').count(), 0);
  }

  it('says what it is for before anybody has signed in', async () => {
    await has(
      'See which images in your Docker Hub repositories are active',
      'Sign In to Docker Hub',
      'Sign In with Docker CLI Credentials',
      'Explore the Sandbox',
    );
    await view().getByRole('button', { name: 'open the walkthrough' }).waitFor();
    await pictures(page(), 'state-signed-out');
  });

  it('says that a sign-in is under way, and cancels it', async () => {
    await button('Sign In to Docker Hub').click();
    await usernameBox(page()).waitFor();
    await has('Signing in…', 'Cancel');
    await pictures(page(), 'state-signing-in');
    await button('Cancel').click();
    await quickInput(page()).waitFor({ state: 'hidden' });
    await has('See which images', 'Sign In to Docker Hub');
  });

  it('says that namespaces are loaded', async () => {
    fail({ kind: 'hang' });
    await signIn(page(), demo);
    await has('Loading your namespaces…', 'see the log');
    await pictures(page(), 'state-loading');
    await signOut(page());
    await has('See which images', 'Sign In to Docker Hub');
  });

  it('says that the server cannot be reached, and tries again', async () => {
    fail({ kind: 'resetBeforeEffect' });
    await signIn(page(), demo);
    await has('The server could not be reached.', 'Try Again', 'Open Setting', 'Show Log');
    await pictures(page(), 'state-offline');
    hub.sandbox.faults.clear();
    await button('Try Again').click();
    await namespaceRow(page(), 'acme').waitFor();
    await signOut(page());
  });

  it('says that something else answers, and leads to the setting of the address', async () => {
    fail(loginPage);
    await signIn(page(), demo);
    await has('did not return a valid Docker Hub response', 'Try Again', 'Open Setting', 'Show Log');
    await pictures(page(), 'state-not-docker-hub');
    await button('Open Setting').click();
    await page().locator('.settings-editor').getByText('Api Url', { exact: true }).first().waitFor();
    await runCommand(page(), 'View: Close All Editors');
    await signOut(page());
  });

  it('says that the sign-in was not accepted, and offers another', async () => {
    fail({ kind: 'status', status: 401, body: { message: 'token has been revoked' } });
    await runCommand(page(), 'Hub Images: Sign In to Docker Hub');
    await enterUsername(page(), demo.username);
    await enterPassword(page(), demo.password);
    await problem(page()).filter({ hasText: 'Your sign-in has expired.' }).waitFor(); // as soon as it was used
    await page().keyboard.press('Escape');
    await quickInput(page()).waitFor({ state: 'hidden' });
    await has('The server did not accept your sign-in.', 'Sign In to Docker Hub', 'Try Again', 'Show Log');
    await pictures(page(), 'state-refused');
    hub.sandbox.faults.clear();
    await button('Try Again').click();
    await namespaceRow(page(), 'acme').waitFor();
    await signOut(page());
  });

  it('says that there is no namespace', async () => {
    fail({ kind: 'transformBody', transform: () => ({ namespaces: [] }) }, { operation: 'GetOwnNamespaces' });
    await signIn(page(), solo);
    await has('Your account has no namespaces', 'Add Namespace…', 'Add Repository…', 'Open Docker Hub');
    await pictures(page(), 'state-no-namespace');
    await signOut(page());
  });

  it('says in a row that namespaces may not be listed, with a sign-in as one of its buttons', async () => {
    fail({ kind: 'status', status: 403, body: { message: 'insufficient scope' } });
    await signIn(page(), demo);
    const row = messageRow(page(), 'No access to namespaces');
    await row.hover();
    await row.getByRole('button', { name: 'Sign In to Docker Hub' }).waitFor();
    await namespaceRow(page(), 'demo').waitFor();
    await pictures(page(), 'state-no-rights');
    hub.sandbox.faults.clear();
    await row.hover();
    await row.getByRole('button', { name: 'Refresh' }).click();
    await row.waitFor({ state: 'detached' });
    await signOut(page());
  });

  it('says in a row that a namespace is empty, and offers to add a repository of it', async () => {
    await signIn(page(), outsider);
    await openRow(page(), namespaceRow(page(), 'outsider'));
    const row = messageRow(page(), 'No repositories');
    await row.hover();
    await row.getByRole('button', { name: 'Add Repository…' }).waitFor();
    await pictures(page(), 'state-empty-namespace');
    await row.click();
    await eventually(() => quickInputBox(page()).inputValue(), 'outsider/');
    await page().keyboard.press('Escape');
    await signOut(page());
  });

  it('says in a row that a repository is empty, and copies a command that pushes to it', async () => {
    await signIn(page(), demo);
    await openRepository(page(), 'demo/scratchpad');
    const row = messageRow(page(), 'No images');
    await row.hover();
    for (const name of ['Copy Push Command', 'Open on Docker Hub'])
      await row.getByRole('button', { name }).waitFor();
    await pictures(page(), 'state-empty-repository');
    await row.click();
    await eventually(
      () => page().evaluate('navigator.clipboard.readText()'),
      'docker push demo/scratchpad:tag',
    );
    await collapseAll(page());
    await setSideBarWidth(page(), normalWidth);
  });
});

describeOn('registry', 'an API in the settings that the server does not have', () => {
  const { workbench } = useHubWorkbench('registry', {
    hub: () => ({ routes: 'today' }),
    settings: { ...themeOfSystem, 'hubImages.api': 'management' },
  });
  const page = () => workbench().page;

  it('is named in the row, which detects the API instead', async () => {
    await openHubImages(page());
    await setSideBarWidth(page(), narrowWidth);
    await signIn(page(), { username: demo.username, password: demo.accessTokens[0] });
    await openRepository(page(), 'acme/billing');
    const row = messageRow(page(), 'No image-management API');
    await row.hover();
    await row.getByRole('button', { name: 'Detect API Automatically' }).waitFor();
    await pictures(page(), 'state-api-retired');
    await row.click();
    await row.waitFor({ state: 'detached' });
    await openRepository(page(), 'acme/billing');
    await imageRow(page(), '0.6').waitFor();
    await repositoryRow(page(), 'acme/billing').waitFor();
    await openRepository(page(), 'acme/gateway');
    await pictures(page(), 'state-rows');
    await setSideBarWidth(page(), normalWidth);
  });
});
