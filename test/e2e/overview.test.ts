import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import {
  chooseFromMenu,
  openHubImages,
  pick,
  quickInput,
  quickPickRow,
  runCommand,
  webview,
} from '../workbench/driver';
import { describeOnBothApis } from './support/apis';
import { imagesSent } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import { namespaceRow, openRow, repositoryRow } from './support/rows';
import { signIn, signOut } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { eventually, hasText } from './support/waitFor';

describeOnBothApis('the overview of a repository', (api) => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench(api.kind, { hub: () => api.sandbox });
  const page = () => workbench().page;
  const frame = (): FrameLocator => webview(page());
  const line = (): Locator => frame().getByRole('slider');
  const deleteButton = () => frame().getByRole('button', { name: /^Delete \d+ Images? Left of the Line…$/ });
  const tabs = () => page().getByRole('tab', { name: /^Overview: acme\/api/ });
  /** How many images the button would plan to delete. */
  const count = async () => Number(/\d+/.exec((await deleteButton().textContent()) ?? '')?.[0]);
  /** What was asked about the repository itself since so many exchanges. */
  const askedSince = (seen: number) =>
    hub.exchanges.slice(seen).filter(({ path }) => path.includes('/repositories/api/'));
  let review: Review;

  before(async () => {
    await openHubImages(page());
    await signIn(page(), api.account);
    await openRow(page(), namespaceRow(page(), 'acme'));
    await hasText(repositoryRow(page(), 'acme/api'), /12 inactive · (up to )?41 images/);
    review = new Review(page());
  });

  it('opens from the row, and counts what the row counts', async () => {
    const seen = hub.exchanges.length;
    await chooseFromMenu(page(), repositoryRow(page(), 'acme/api'), 'Show Repository Overview');
    await hasText(frame().getByRole('status'), 'All images were read.');
    await hasText(frame().getByRole('heading', { level: 1 }), 'Overview: acme/api');
    assert.equal(await count(), 12);
    if (api.kind === 'management') {
      const operations = askedSince(seen).map(({ operation }) => operation);
      assert.deepEqual(operations.sort(), [
        'GetNamespacesRepositorieImagesSummary',
        'GetNamespacesRepositoriesImages',
      ]);
    }
    await api.screenshot(page(), 'overview');
  });

  it('is revealed by the palette, where it is open already', async () => {
    const seen = hub.exchanges.length;
    await runCommand(page(), 'Hub Images: Show Repository Overview');
    await pick(page(), 'acme/api');
    await deleteButton().waitFor();
    assert.equal(await tabs().count(), 1);
    assert.deepEqual(askedSince(seen), []);
  });

  it('gives the focus back to a picker that was opened just before it came', async () => {
    await runCommand(page(), 'Hub Images: Show Repository Overview');
    await quickPickRow(page(), 'acme/api').waitFor();
    await line().focus(); // as the editor does for a webview once the palette has closed
    await page().locator('.quick-input-widget:focus-within').waitFor();
    await page().keyboard.press('Enter');
    await quickInput(page()).waitFor({ state: 'hidden' });
    await deleteButton().waitFor();
    assert.equal(await tabs().count(), 1);
  });

  it('recounts when the line is moved by a key, and asks nothing for it', async () => {
    const seen = hub.exchanges.length;
    await line().press('Home');
    await eventually(count, 0);
    assert.equal(await deleteButton().getAttribute('aria-disabled'), 'true');
    await line().press('End');
    await eventually(async () => (await count()) > 12, true);
    await line().press('PageDown');
    await line().press('PageDown');
    assert.deepEqual(askedSince(seen), []);
  });

  it('leads into a review of exactly what is left of the line, and deletes nothing', async () => {
    await frame().getByRole('button', { name: 'Reset Line' }).click();
    await line().press('ArrowLeft');
    const expected = await count();
    assert.ok(expected > 0);
    await deleteButton().click();
    if (api.kind === 'registry') await review.readContents();
    await review.says(new RegExp(`^Dry run finished for ${String(expected)} images?\\.`));
    await hasText(review.title, 'Delete images: acme/api');
    await api.screenshot(page(), 'overview-review');
    assert.deepEqual(imagesSent(hub.exchanges), []);
    await review.button('Close').click();
  });

  it('says when it is out of date, and reads again', async () => {
    await frame().getByRole('slider').waitFor();
    await chooseFromMenu(page(), repositoryRow(page(), 'acme/api'), 'Refresh');
    await frame().getByText('Read it again to see its current state.').waitFor();
    await line().press('F5');
    await frame().getByText('Read it again to see its current state.').waitFor({ state: 'detached' });
    await hasText(frame().getByRole('status'), 'All images were read.');
  });

  it('does no more once nobody is signed in', async () => {
    await signOut(page());
    await hasText(
      frame().getByRole('status'),
      'You have signed out or switched to another account or server.',
    );
    assert.equal(await deleteButton().getAttribute('aria-disabled'), 'true');
    const again = frame().getByRole('button', { name: 'Read Again' });
    assert.equal(await again.getAttribute('aria-disabled'), 'true');
  });
});
