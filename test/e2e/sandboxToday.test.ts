import assert from 'node:assert/strict';
import { screenshot } from '../workbench/artifacts';
import { hubImagesView, openHubImages, pressInTree, quickInput } from '../workbench/driver';
import { describeOn } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import { imageRow, repositoryRow } from './support/rows';
import { isSampleShown, saysSandbox } from './support/sandbox';
import { stepsInOrder } from './support/stepsInOrder';
import { hasText } from './support/waitFor';

describeOn('registry', 'the sandbox of today', () => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench('registry');
  const page = () => workbench().page;

  it('opens with one click, asks nothing, and shows a repository with an inactive image selected', async () => {
    const view = await openHubImages(page());
    await view.getByRole('button', { name: 'Explore the Sandbox' }).click();
    await isSampleShown(page());
    await saysSandbox(page(), 'Docker Hub today');
    assert.equal(await quickInput(page()).isVisible(), false);
    assert.equal(await page().locator('.editor .tabs-container .tab').count(), 0);
    await screenshot(page(), 'sandbox-start');
  });

  it('lets a newcomer delete the image that is selected', async () => {
    await pressInTree(page(), 'Delete');
    const review = new Review(page());
    await review.says('Dry run finished');
    await hasText(review.title, 'Delete images: acme/billing Sandbox');
    await review.accept('current_tag', '0.6').check();
    await review.confirm(await review.askToDelete(), 'acme/billing');
    await review.says('1 image was deleted.');
    await screenshot(page(), 'sandbox-today-deleted');
    await review.close();
    await imageRow(page(), '0.6').waitFor({ state: 'detached' });
    await hasText(repositoryRow(page(), 'acme/billing'), '8 images');
  });

  it('starts with fresh samples after it was left', async () => {
    const view = hubImagesView(page());
    await view.getByRole('button', { name: 'Leave the Sandbox' }).click();
    await view.getByRole('button', { name: 'Explore the Sandbox' }).click();
    await isSampleShown(page());
    await hasText(repositoryRow(page(), 'acme/billing'), '9 images');
    assert.deepEqual(hub.exchanges, []);
  });
});
