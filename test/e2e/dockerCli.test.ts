import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import {
  clearNotifications,
  dialog,
  hubImagesView,
  notification,
  openHubImages,
  runCommand,
} from '../workbench/driver';
import { describeOn } from './support/apis';
import { sent } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { namespaceRow } from './support/rows';
import { stepsInOrder } from './support/stepsInOrder';
import { tokensOf, tracesOf } from './support/traces';
import { hasText } from './support/waitFor';

const { demo } = sandboxAccounts;
const [accessToken] = demo.accessTokens;

describeOn('management', 'signing in with the credentials of the Docker CLI', () => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench('management');
  const page = () => workbench().page;
  const command = 'Hub Images: Sign In with Docker CLI Credentials';

  it('asks before they go to a server that they are not for', async () => {
    await openHubImages(page());
    await hubImagesView(page()).getByRole('button', { name: 'Sign In with Docker CLI Credentials' }).click();
    await hasText(dialog(page()), `Send your Docker Hub credentials to ${hub.url}?`);
    await screenshot(page(), 'docker-cli-question');
    await dialog(page()).getByRole('button', { name: 'Cancel' }).click();
    await dialog(page()).waitFor({ state: 'detached' });
    assert.deepEqual(hub.exchanges, []);
  });

  it('says that there are none, and what to do about it', async () => {
    await runCommand(page(), command);
    await dialog(page()).getByRole('button', { name: 'Send Credentials' }).click();
    await notification(page(), /not signed in to Docker Hub.*Run "docker login"/s).waitFor();
    await screenshot(page(), 'docker-cli-none');
    await clearNotifications(page());
  });

  it('takes them from its configuration', async () => {
    const auth = Buffer.from(`${demo.username}:${accessToken}`).toString('base64');
    writeFileSync(
      join(workbench().dockerConfig, 'config.json'),
      JSON.stringify({ auths: { 'https://index.docker.io/v1/': { auth } } }),
    );
    await runCommand(page(), command);
    await dialog(page()).getByRole('button', { name: 'Send Credentials' }).click();
    await namespaceRow(page(), 'acme').waitFor();
    await notification(page(), 'Signed in as demo with the credentials of the Docker CLI.').waitFor();
    await screenshot(page(), 'docker-cli-signed-in');
    assert.equal(sent(hub.exchanges, 'PostAuthToken').length, 1);
    assert.deepEqual(await tracesOf([...tokensOf(hub.exchanges), accessToken], workbench()), []);
  });
});
