import assert from 'node:assert/strict';
import { sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import { notification, openHubImages, pressInTree, runCommand } from '../workbench/driver';
import { useWorkbench } from '../workbench/useWorkbench';
import { describeOn } from './support/apis';
import { useHub } from './support/hub';
import { Review } from './support/review';
import { collapseAll, imageRow, namespaceRow, openRepository, repositoryRow, select } from './support/rows';
import { signIn } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { hasText } from './support/waitFor';

/** What a folder that somebody opens may bring along, at its worst. */
const workspaceSettings = {
  'hubImages.apiUrl': 'http://127.0.0.1:9',
  'hubImages.namespaces': ['intruder'],
  'hubImages.repositories': ['demo/intruder'],
  'hubImages.activityWindowDays': 3650,
  'hubImages.protect': ['acme/*'],
  'hubImages.history.keepDays': 1,
};

describeOn('management', 'settings of a folder that is open', () => {
  stepsInOrder();
  const hub = useHub();
  const workbench = useWorkbench(() => ({
    isTrusted: false,
    isLean: true,
    settings: { 'hubImages.apiUrl': hub.url },
    workspaceSettings,
  }));
  const page = () => workbench().page;

  before(async () => {
    await openHubImages(page());
    await signIn(page(), sandboxAccounts.demo);
    await namespaceRow(page(), 'acme').waitFor();
  });

  it('do not change what the view shows while it is not trusted', async () => {
    await openRepository(page(), 'acme/api');
    await screenshot(page(), 'workspace-restricted');
    assert.equal(await namespaceRow(page(), 'intruder').count(), 0);
    await hasText(repositoryRow(page(), 'acme/api'), '12 inactive · 41 images');
  });

  it('neither protect nor block images while it is not trusted', async () => {
    await select(imageRow(page(), '2.3.0'));
    await pressInTree(page(), 'Delete');
    const review = new Review(page());
    await review.says('Dry run finished for 1 image');
    await review.close();
  });

  it('add to what the view shows once it is trusted', async () => {
    await runCommand(page(), 'Workspaces: Manage Workspace Trust');
    const trust = page().locator('.workspace-trust-editor');
    await trust.getByRole('button', { name: 'Trust', exact: true }).click();
    await hasText(trust, 'You trust this folder');
    await page().getByRole('button', { name: 'Close Modal Editor' }).click();
    await trust.waitFor({ state: 'detached' });
    await collapseAll(page());
    await namespaceRow(page(), 'intruder').waitFor();
    await openRepository(page(), 'acme/api');
    await hasText(repositoryRow(page(), 'acme/api'), '0 inactive · 41 images');
    await screenshot(page(), 'workspace-trusted');
  });

  it('protect images once it is trusted', async () => {
    await select(imageRow(page(), '2.3.0'));
    await pressInTree(page(), 'Delete');
    await notification(page(), 'Nothing to delete: the setting "hubImages.protect" protects').waitFor();
  });

  it('never name the server', () => {
    assert.ok(hub.exchanges.some(({ operation }) => operation === 'PostUsersLogin'));
  });
});
