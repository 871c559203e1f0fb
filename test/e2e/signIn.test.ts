import assert from 'node:assert/strict';
import { sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import { hubImagesView, openHubImages, quickInput } from '../workbench/driver';
import { describeOn } from './support/apis';
import { sent } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { imageRows, namespaceRow, openRepository, siblingCount } from './support/rows';
import { enterPassword, enterUsername, problem, signIn, signOut } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { tokensOf, tracesOf } from './support/traces';
import { hasText } from './support/waitFor';

const { careful, demo } = sandboxAccounts;
const [accessToken] = demo.accessTokens;

describeOn('management', 'signing in', () => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench('management');
  const page = () => workbench().page;
  const count = (operation: 'PostAuthToken' | 'PostUsersLogin') => sent(hub.exchanges, operation).length;

  it('takes an access token, and renews the sign-in with it without asking', async () => {
    await openHubImages(page());
    await signIn(page(), { username: demo.username, password: accessToken });
    await namespaceRow(page(), 'acme').waitFor();
    hub.sandbox.tokens.revokeAll();
    await openRepository(page(), 'acme/api');
    assert.equal(await siblingCount(imageRows(page()).first()), 41);
    assert.equal(await quickInput(page()).count(), 0);
    assert.deepEqual([count('PostAuthToken'), count('PostUsersLogin')], [2, 0]);
  });

  it('says before anything is entered what is kept', async () => {
    await signOut(page());
    await hubImagesView(page()).getByRole('button', { name: 'Sign In to Docker Hub' }).click();
    await enterUsername(page(), careful.username);
    await hasText(quickInput(page()), 'An access token is kept in secret storage');
    await hasText(quickInput(page()), 'A password is never stored.');
    await screenshot(page(), 'sign-in-secret');
  });

  it('asks for the code of a second factor, and again when it is wrong', async () => {
    await enterPassword(page(), careful.password);
    const box = quickInput(page()).getByPlaceholder('Code from your authenticator');
    await box.fill('000000');
    await box.press('Enter');
    await hasText(problem(page()), 'Incorrect authentication credentials');
    await screenshot(page(), 'sign-in-code');
    await box.fill(careful.secondFactorCode);
    await box.press('Enter');
    await quickInput(page()).waitFor({ state: 'hidden' });
    await namespaceRow(page(), 'careful').waitFor();
    assert.equal(count('PostUsersLogin'), 1);
  });

  it('leaves no token, no password and no code anywhere', async () => {
    const secrets = [...tokensOf(hub.exchanges), accessToken, careful.password];
    assert.equal(secrets.length, 6);
    assert.deepEqual(await tracesOf(secrets, workbench()), []);
  });
});
