import assert from 'node:assert/strict';
import { sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import { hubImagesView, openHubImages, pick, quickInput, runCommand } from '../workbench/driver';
import { describeOn } from './support/apis';
import { sent } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import {
  badge,
  imageRows,
  messageRow,
  namespaceRow,
  openRepository,
  openRow,
  repositoryRow,
  siblingCount,
} from './support/rows';
import { enterPassword, enterUsername, passwordBox, problem, signIn, signOut } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { browserStores, tokensOf, tracesOf } from './support/traces';
import { eventually, hasText } from './support/waitFor';

const { demo, free } = sandboxAccounts;
const wrongPassword = 'not-the-password-of-demo';

describeOn('management', 'an account', () => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench('management');
  const page = () => workbench().page;
  const logins = () => sent(hub.exchanges, 'PostUsersLogin').map(({ status }) => status);

  it('asks nothing of Docker Hub before somebody signs in', async () => {
    const view = await openHubImages(page());
    await view.getByRole('button', { name: 'Sign In to Docker Hub' }).waitFor();
    assert.deepEqual(hub.exchanges, []);
  });

  it("shows Docker Hub's own reason in place when the password is wrong, and sends it once", async () => {
    await hubImagesView(page()).getByRole('button', { name: 'Sign In to Docker Hub' }).click();
    await enterUsername(page(), demo.username);
    await enterPassword(page(), wrongPassword);
    await hasText(problem(page()), 'Incorrect authentication credentials');
    await hasText(quickInput(page()), `Sign in to ${new URL(hub.url).host}`);
    await screenshot(page(), 'account-wrong-password');
    assert.deepEqual(logins(), [401]);
  });

  it('signs in with the right password', async () => {
    await enterPassword(page(), demo.password);
    await namespaceRow(page(), 'acme').waitFor();
    await quickInput(page()).waitFor({ state: 'hidden' });
    assert.deepEqual(logins(), [401, 200]);
    assert.equal(
      await hubImagesView(page()).getByRole('button', { name: 'Explore the Sandbox' }).isVisible(),
      false,
    );
    assert.equal(await hubImagesView(page()).getByText('Sandbox: a simulated Docker Hub').count(), 0);
  });

  it('asks again in place when the sign-in has expired, and repeats the read that failed', async () => {
    await openRow(page(), namespaceRow(page(), 'acme'));
    await hasText(repositoryRow(page(), 'acme/api'), /12 inactive · 41 images/);
    hub.sandbox.tokens.revokeAll();
    await repositoryRow(page(), 'acme/api').locator('.monaco-tl-twistie').click();
    await hasText(problem(page()), 'Your sign-in has expired.');
    await screenshot(page(), 'account-expired');
    assert.equal(await passwordBox(page()).inputValue(), '');
    await enterPassword(page(), demo.password);
    await imageRows(page()).first().waitFor();
    assert.equal(await siblingCount(imageRows(page()).first()), 41);
    assert.deepEqual(logins(), [401, 200, 200]);
  });

  it('stays signed in, with the filter that was chosen, when the window is loaded again', async () => {
    await runCommand(page(), 'Hub Images: Filter by Status…');
    await pick(page(), 'acme/api');
    await pick(page(), 'inactive only');
    await eventually(() => siblingCount(imageRows(page()).first()), 12 + 1);
    await eventually(
      async () => (await browserStores(workbench()))['indexedDB']?.includes('imagesView:'),
      true,
    );
    await workbench().reload();
    await openHubImages(page());
    await namespaceRow(page(), 'acme').waitFor();
    await openRepository(page(), 'acme/api');
    await messageRow(page(), 'Inactive images only').waitFor();
    assert.equal(await siblingCount(imageRows(page()).first()), 12 + 1);
    assert.deepEqual(logins(), [401, 200, 200]);
  });

  it('keeps what is there when the person does not sign in again', async () => {
    hub.sandbox.tokens.revokeAll();
    await runCommand(page(), 'Hub Images: Refresh');
    await hasText(problem(page()), 'Your sign-in has expired.');
    await page().keyboard.press('Escape');
    await messageRow(page(), 'Images could not be listed').waitFor();
    await screenshot(page(), 'account-not-signed-in-again');
    assert.ok((await imageRows(page()).count()) > 0);
    await messageRow(page(), 'Images could not be listed').click();
    await enterPassword(page(), demo.password);
    await messageRow(page(), 'Images could not be listed').waitFor({ state: 'detached' });
    assert.equal(await siblingCount(imageRows(page()).first()), 12 + 1);
  });

  it('tries again what failed when the person signs in for something else', async () => {
    await eventually(
      () =>
        hubImagesView(page())
          .getByText(/could not be listed|unavailable/)
          .count(),
      0,
    );
    await eventually(() => Promise.resolve(hub.sandbox.inFlight), 0);
    hub.sandbox.tokens.revokeAll();
    await runCommand(page(), 'Hub Images: Refresh');
    await hasText(problem(page()), 'Your sign-in has expired.');
    await page().keyboard.press('Escape');
    await messageRow(page(), 'Images could not be listed').waitFor();
    await repositoryRow(page(), 'acme/billing').click();
    await enterPassword(page(), demo.password);
    await messageRow(page(), 'Images could not be listed').waitFor({ state: 'detached' });
    assert.equal(await siblingCount(imageRows(page()).first()), 12 + 1);
  });

  it('empties the tree on signing out', async () => {
    await runCommand(page(), 'Hub Images: Filter by Status…');
    await pick(page(), 'acme/api');
    await pick(page(), 'all images');
    await eventually(() => siblingCount(imageRows(page()).first()), 41);
    await signOut(page());
    await hubImagesView(page()).getByRole('button', { name: 'Sign In to Docker Hub' }).waitFor();
    await eventually(() => hubImagesView(page()).getByRole('treeitem').count(), 0);
    await screenshot(page(), 'account-signed-out');
  });

  it('explains below the counts why a plan that is too small shows no images', async () => {
    await signIn(page(), free);
    await openRow(page(), namespaceRow(page(), 'free'));
    await hasText(repositoryRow(page(), 'free/blog'), / · \d inactive · 5 images/);
    await openRow(page(), repositoryRow(page(), 'free/blog'));
    const message = messageRow(page(), 'Your account can see the counts but not the images');
    await message.waitFor();
    await message.hover();
    await screenshot(page(), 'account-plan-too-small');
    assert.match((await message.getAttribute('aria-label')) ?? '', /plan/);
    await hasText(repositoryRow(page(), 'free/blog'), / · \d inactive · 5 images/);
    await eventually(async () => Number(await badge(repositoryRow(page(), 'free/blog'))) > 0, true);
    await signOut(page());
    await hubImagesView(page()).getByRole('button', { name: 'Sign In to Docker Hub' }).waitFor();
  });

  it('leaves no token and no password anywhere', async () => {
    const tokens = tokensOf(hub.exchanges);
    assert.equal(tokens.length, 5);
    const passwords = [demo.password, free.password, wrongPassword];
    assert.deepEqual(await tracesOf([...tokens, ...passwords], workbench()), []);
  });

  it('sends the token in one header and the password in one body', () => {
    const tokens = tokensOf(hub.exchanges);
    const passwords = [demo.password, free.password, wrongPassword];
    for (const exchange of hub.exchanges) {
      const { authorization = '', ...headers } = exchange.requestHeaders;
      const { operation, path, query, requestBody } = exchange;
      const others = JSON.stringify([
        path,
        query,
        headers,
        operation === 'PostUsersLogin' ? {} : requestBody,
      ]);
      assert.ok(![...tokens, ...passwords].some((secret) => others.includes(secret)), path);
      assert.equal(tokens.includes(authorization.replace(/^JWT /, '')), operation !== 'PostUsersLogin', path);
    }
  });
});
