import assert from 'node:assert/strict';
import { sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import { dialog, hubImagesView, openHubImages, pressInTree, runCommand } from '../workbench/driver';
import { deletions, sent } from './support/hub';
import { describeOn } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import {
  imageRow,
  imageRows,
  openRepository,
  openRow,
  partRow,
  repositoryRow,
  select,
  siblingCount,
  viewTitle,
} from './support/rows';
import { signIn, signOut } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { eventually, hasText } from './support/waitFor';

const { demo } = sandboxAccounts;
const withToken = { username: demo.username, password: demo.accessTokens[0] };

describeOn('registry', 'a Hub without the image-management API', () => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench('registry', { hub: () => ({ routes: 'today' }) });
  const page = () => workbench().page;
  const gateway = () => hub.sandbox.world.repository('acme/gateway');
  let review: Review;

  before(() => {
    review = new Review(page());
  });

  it('shows what it lists to somebody who signed in with a password', async () => {
    await openHubImages(page());
    await signIn(page(), demo);
    await openRepository(page(), 'acme/api');
    await hasText(repositoryRow(page(), 'acme/api'), /12 inactive · up to 41 images/);
    await eventually(() => siblingCount(imageRows(page()).first()), 41);
    await hasText(viewTitle(page()), 'registry API');
  });

  it('says that a deletion takes an access token', async () => {
    await select(imageRow(page(), '2.3.0'));
    await pressInTree(page(), 'Delete');
    await hasText(dialog(page()), 'Deleting images on Docker Hub needs an access token.');
    await hasText(dialog(page()), 'You are signed in with a password.');
    await screenshot(page(), 'today-access-token');
    await dialog(page()).getByRole('button', { name: 'Cancel' }).click();
    await dialog(page()).waitFor({ state: 'detached' });
    assert.equal(await page().locator('iframe.webview').count(), 0);
  });

  it('shows the images of a multi-platform image under it, and nowhere else', async () => {
    await signOut(page());
    await signIn(page(), withToken);
    await openRepository(page(), 'acme/gateway');
    // What belongs to an index without a tag is in no list, so its platforms stand beside it until it is read.
    const explained = new Set(
      [...gateway().tags.values()].flatMap((digest) => gateway().get(digest)?.children ?? []),
    );
    const rows = [...gateway().manifests].filter(({ digest }) => !explained.has(digest));
    await eventually(() => siblingCount(imageRows(page()).first()), rows.length + 1);
    await hubImagesView(page())
      .getByText(/^Some images may belong to/)
      .waitFor();
    assert.deepEqual(sent(hub.exchanges, 'GetRegistryManifest'), []);
    const newest = imageRow(page(), '1.4.0, edge, latest');
    await openRow(page(), newest);
    await partRow(page(), 'linux/amd64').waitFor();
    await partRow(page(), 'linux/arm64').waitFor();
    await partRow(page(), 'attestation').waitFor();
    await screenshot(page(), 'today-parts');
  });

  it('checks and deletes an image with its tag and all that belongs to it', async () => {
    const digest = gateway().tags.get('1.0.0') ?? '';
    const before = gateway().size;
    await select(imageRow(page(), '1.0.0'));
    await pressInTree(page(), 'Delete');
    await review.readContents();
    await review.says(/Dry run finished for 1 image/);
    await review.accept('current_tag', '1.0.0').check();
    await review.acceptCollateral();
    await hasText(
      review.row('1.0.0'),
      /linux\/amd64.*will also be deleted.*attestation.*will also be deleted/s,
    );
    await screenshot(page(), 'today-review');
    await review.confirm(await review.askToDelete(), 'acme/gateway');
    await review.says('1 image was deleted.');
    await hasText(review.frame.getByRole('region', { name: 'Result' }), /at most [\d.]+ [kM]?B/);
    await screenshot(page(), 'today-result');
    await review.close();
    assert.equal(gateway().get(digest), undefined);
    assert.equal(gateway().tags.get('1.0.0'), undefined);
    assert.ok(gateway().size < before);
    await imageRow(page(), '1.0.0').waitFor({ state: 'detached' });
  });

  it('keeps the journal of it', async () => {
    await runCommand(page(), 'Hub Images: Show Deletion History');
    const document = page().locator('.editor-instance .view-lines');
    await hasText(document, '1.0.0');
    await hasText(document, /deleted/);
    await screenshot(page(), 'today-history');
  });

  it('asked the image-management API to find out, and never for a deletion', () => {
    assert.deepEqual(deletions(hub.exchanges, false), []);
    assert.deepEqual(sent(hub.exchanges, 'GetNamespacesRepositoriesImages'), []);
  });
});
