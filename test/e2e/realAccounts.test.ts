import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import {
  clearNotifications,
  dialog,
  hubImagesView,
  notification,
  openHubImages,
  pick,
  quickInput,
  quickPickRow,
  runCommand,
} from '../workbench/driver';
import { describeOn } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';
import { accountRow, imageRow, namespaceRow, openRepository } from './support/rows';
import {
  confirmSignOut,
  enterPassword,
  enterUsername,
  passwordBox,
  problem,
  signOut,
} from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { tokensOf, tracesOf } from './support/traces';
import { hasText } from './support/waitFor';

const { demo, free } = sandboxAccounts;
const [accessToken] = demo.accessTokens;

/** What the secret storage of a page refuses, and keeps refusing after a reload. */
type Refused = 'read' | 'store' | 'nothing';

/** The editor makes the name of a secret with `JSON.stringify` before it reads or stores the secret. */
const refusingSecrets = `
  const { stringify } = JSON;
  JSON.stringify = (value, ...others) => {
    const isSecret = value?.extensionId !== undefined && String(value.key).startsWith('hubImages.token:');
    const refused = isSecret ? sessionStorage.getItem('test:refused') : null;
    if (refused === 'read') throw new Error('The keyring is locked');
    if (refused === 'store' && /setPassword/i.test(new Error().stack)) throw new Error('No keyring is installed');
    return stringify(value, ...others);
  };
`;

async function refuse(page: Page, refused: Refused): Promise<void> {
  await page.evaluate(`sessionStorage.setItem('test:refused', '${refused}')`);
}

describeOn('registry', 'accounts as people have them', () => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench('registry', { hub: () => ({ routes: 'today' }) });
  const page = () => workbench().page;
  const signInButton = () => hubImagesView(page()).getByRole('button', { name: 'Sign In to Docker Hub' });

  before(async () => {
    await page().addInitScript({ content: refusingSecrets });
    await workbench().reload();
    await openHubImages(page());
  });

  async function signInWithDockerCli(): Promise<void> {
    await runCommand(page(), 'Hub Images: Sign In with Docker CLI Credentials');
    await dialog(page()).getByRole('button', { name: 'Send Credentials' }).click();
  }

  it('with an email address in the credentials of the Docker CLI are refused with the reason if the username cannot be determined', async () => {
    const auth = Buffer.from(`${demo.email}:${accessToken}`).toString('base64');
    const config = { AUTHS: { 'docker.io': { auth } } };
    writeFileSync(join(workbench().dockerConfig, 'config.json'), `\ufeff${JSON.stringify(config)}`);
    hub.sandbox.faults.add({
      on: { operation: 'GetUser' },
      fault: { kind: 'status', status: 404, body: { message: '404: Page Not Found' } },
    });
    await signInWithDockerCli();
    const reason =
      /accepted the email address, but did not report the username.*Sign in with your Docker ID/s;
    await notification(page(), reason).waitFor();
    await screenshot(page(), 'real-email-refused');
    await signInButton().waitFor();
    await clearNotifications(page());
  });

  it('with an email address in the credentials of the Docker CLI are shown under their username', async () => {
    await signInWithDockerCli();
    await notification(page(), 'Signed in as demo with the credentials of the Docker CLI.').waitFor();
    await namespaceRow(page(), 'acme').waitFor();
    await openRepository(page(), 'acme/api');
    await imageRow(page(), '2.2.1').waitFor();
    await screenshot(page(), 'real-email');
    await clearNotifications(page());
  });

  it('are there on the next Sign In after the secret storage failed when the window opened', async () => {
    await refuse(page(), 'read');
    await workbench().reload();
    await openHubImages(page());
    await signInButton().click();
    const message = notification(
      page(),
      /Secret storage could not be read: The keyring is locked\..*keyring/s,
    );
    await message.waitFor();
    await screenshot(page(), 'real-secret-storage-locked');
    await clearNotifications(page());

    await refuse(page(), 'nothing');
    await signInButton().click();
    await namespaceRow(page(), 'acme').waitFor();
    assert.equal(await quickInput(page()).count(), 0);
    await screenshot(page(), 'real-secret-storage-unlocked');
  });

  it('are asked for by Sign Out where there are several, and stay signed out after a reload', async () => {
    await runCommand(page(), 'Hub Images: Add Account…');
    await enterUsername(page(), free.username);
    await enterPassword(page(), free.password);
    await accountRow(page(), 'free', 'in use').waitFor();
    await runCommand(page(), 'Hub Images: Sign Out');
    await quickPickRow(page(), 'free').waitFor();
    await hasText(quickPickRow(page(), 'free'), 'in use');
    await screenshot(page(), 'real-sign-out-which');
    await pick(page(), 'demo');
    await hasText(dialog(page()), 'Sign out of demo?');
    await screenshot(page(), 'real-sign-out-confirmation');
    await confirmSignOut(page());
    await accountRow(page(), 'demo', 'not in use').waitFor({ state: 'detached' });
    await workbench().reload();
    await openHubImages(page());
    await namespaceRow(page(), 'free').waitFor();
    assert.equal(await namespaceRow(page(), 'acme').count(), 0);
    await signOut(page());
    await signInButton().waitFor();
  });

  it('are not signed in where the secret storage cannot store, and the question says what to do', async () => {
    await refuse(page(), 'store');
    await signInButton().click();
    await enterUsername(page(), demo.username);
    await enterPassword(page(), `  ${accessToken} `);
    await hasText(
      problem(page()),
      'The sign-in could not be saved in secret storage: No keyring is installed.',
    );
    await hasText(problem(page()), 'install GNOME Keyring or KWallet');
    await screenshot(page(), 'real-secret-storage-missing');
    await refuse(page(), 'nothing');
    await passwordBox(page()).press('Enter');
    await namespaceRow(page(), 'acme').waitFor();
  });

  it('leave no token and no password anywhere', async () => {
    const secrets = [...tokensOf(hub.exchanges), accessToken, free.password];
    assert.deepEqual(await tracesOf(secrets, workbench()), []);
  });
});
