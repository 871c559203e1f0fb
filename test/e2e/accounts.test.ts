import assert from 'node:assert/strict';
import { sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import { chooseFromMenu, openHubImages, quickInput, runCommand } from '../workbench/driver';
import { describeOn } from './support/apis';
import { sent } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { accountRow, imageRows, namespaceRow, openRepository, siblingCount } from './support/rows';
import { confirmSignOut, enterPassword, enterUsername, signIn, signOut } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { tokensOf, tracesOf } from './support/traces';

const { demo, free } = sandboxAccounts;
const [accessToken] = demo.accessTokens;

describeOn('management', 'several accounts', () => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench('management');
  const page = () => workbench().page;

  it('have no rows while there is one', async () => {
    await openHubImages(page());
    await signIn(page(), { username: demo.username, password: accessToken });
    await namespaceRow(page(), 'acme').waitFor();
    assert.equal(await accountRow(page(), 'demo', 'in use').count(), 0);
  });

  it('stand at the root, and the one added is in use', async () => {
    await runCommand(page(), 'Hub Images: Add Account…');
    await enterUsername(page(), free.username);
    await enterPassword(page(), free.password);
    await accountRow(page(), 'free', 'in use').waitFor();
    await accountRow(page(), 'demo', 'not in use').waitFor();
    await namespaceRow(page(), 'free').waitFor();
    assert.equal(await namespaceRow(page(), 'acme').count(), 0);
    await screenshot(page(), 'accounts-two');
  });

  it('are in the menu of the editor', async () => {
    await page().getByRole('button', { name: 'Accounts', exact: false }).first().click();
    for (const name of ['demo', 'free']) {
      await page()
        .getByRole('menuitem', { name: `${name} (Docker Hub)` })
        .waitFor();
    }
    await screenshot(page(), 'accounts-menu');
    await page().keyboard.press('Escape');
  });

  it('change by opening a row, and each sees with its own rights', async () => {
    await accountRow(page(), 'demo', 'not in use').click();
    await accountRow(page(), 'demo', 'in use').waitFor();
    await accountRow(page(), 'free', 'not in use').waitFor();
    await openRepository(page(), 'acme/api');
    assert.equal(await siblingCount(imageRows(page()).first()), 41);
  });

  it('are there after the window was loaded again, and their sign-ins are renewed without asking', async () => {
    hub.sandbox.tokens.revokeAll();
    const before = sent(hub.exchanges, 'PostAuthToken').length;
    await workbench().reload();
    await openHubImages(page());
    await accountRow(page(), 'demo', 'in use').waitFor();
    await accountRow(page(), 'free', 'not in use').waitFor();
    await namespaceRow(page(), 'acme').waitFor();
    assert.equal(await quickInput(page()).count(), 0);
    assert.equal(sent(hub.exchanges, 'PostAuthToken').length, before + 1);
  });

  it('are signed out one by one', async () => {
    await chooseFromMenu(page(), accountRow(page(), 'demo', 'in use'), 'Sign Out');
    await confirmSignOut(page());
    await enterPassword(page(), free.password); // that sign-in was revoked, and no password is kept
    await namespaceRow(page(), 'free').waitFor();
    assert.equal(await accountRow(page(), 'free', 'in use').count(), 0);
    await signOut(page());
    await page().getByRole('button', { name: 'Sign In to Docker Hub' }).waitFor();
  });

  it('leave no token and no password anywhere', async () => {
    const secrets = [...tokensOf(hub.exchanges), accessToken, free.password];
    assert.deepEqual(await tracesOf(secrets, workbench()), []);
  });
});
