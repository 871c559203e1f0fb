import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import { chooseFromMenu, dialog, hubImagesView, openHubImages } from '../workbench/driver';
import { describeOn } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';
import { labelsOf } from './support/labels';
import { Review } from './support/review';
import { imageRow, namespaceRow, openRepository, openRow, repositoryRow, tagRow } from './support/rows';
import { setSideBarWidth } from './support/sideBar';
import { signIn } from './support/signIn';
import { eventually, hasText } from './support/waitFor';

describeOn('management', 'the menus', () => {
  const { workbench } = useHubWorkbench('management');
  const page = () => workbench().page;

  before(async () => {
    await openHubImages(page());
    await signIn(page(), sandboxAccounts.demo);
    await openRepository(page(), 'acme/billing');
    await setSideBarWidth(page(), 250);
  });

  afterEach(() => page().keyboard.press('Escape')); // no menu is left open for the next test

  const menus: Readonly<Record<string, readonly [row: () => Locator, entries: readonly string[]]>> = {
    namespace: [
      () => namespaceRow(page(), 'acme'),
      ['Show Namespace Overview', 'Add Repository…', 'View', 'Refresh', 'Delete Matching Images…'],
    ],
    repository: [
      () => repositoryRow(page(), 'acme/billing'),
      [
        'Show Repository Overview',
        'View',
        'Copy',
        'Refresh',
        'Delete Matching Images…',
        'Delete Inactive Images…',
      ],
    ],
    image: [
      () => imageRow(page(), '0.7'),
      ['Show Image Details', 'Copy', 'Find References in Workspace', 'Dry Run Delete…', 'Delete Images…'],
    ],
  };
  for (const [kind, [row, entries]] of Object.entries(menus)) {
    it(`of a row begins with what is used most and ends with what deletes: ${kind}`, async () => {
      await row().click({ button: 'right' });
      await eventually(() => entryLabels(page()), entries);
      await screenshot(page(), `menus-${kind}`);
      await page().keyboard.press('Escape');
      await openMenu(page()).waitFor({ state: 'detached' });
    });
  }

  it('of a row copies from a menu within it', async () => {
    await chooseFromMenu(page(), imageRow(page(), '0.7'), 'Copy', 'Copy Pull Command');
    await hasText(
      page().locator('.statusbar-item').filter({ hasText: 'Copied' }),
      'Copied docker pull acme/billing:0.7',
    );
  });

  it('in a row lead to what is used most', async () => {
    await imageRow(page(), '0.7').hover();
    const buttons = imageRow(page(), '0.7').locator('.actions a.action-label');
    assert.deepEqual(await buttons.evaluateAll(labelsOf), ['Show Image Details', 'Delete Images… (Del)']);
    await screenshot(page(), 'menus-inline');
  });

  it('of a tag offer to delete its image', async () => {
    await openRow(page(), imageRow(page(), '0.6'));
    await chooseFromMenu(page(), tagRow(page(), '0.6'), 'Delete Images…');
    await hasText(dialog(page()), '0.6 is a tag of the image 0.6 and is deleted with it.');
    await screenshot(page(), 'menus-tag-question');
    await dialog(page()).getByRole('button', { name: 'Delete Image…' }).click();
    const review = new Review(page());
    await review.says('Dry run finished for 1 image');
    await review.close();
  });

  it('of the view are short', async () => {
    await hubImagesView(page())
      .getByRole('button', { name: /More Actions/ })
      .click();
    await eventually(
      () => entryLabels(page()),
      ['View', 'Add Namespace…', 'Add Repository…', 'Account', 'Explore the Sandbox…', 'History', 'Show Log'],
    );
    await screenshot(page(), 'menus-view');
    await page().keyboard.press('Escape');
    await openMenu(page()).waitFor({ state: 'detached' });
  });
});

function openMenu(page: Page): Locator {
  return page.locator('.context-view .monaco-menu');
}

function entryLabels(page: Page): Promise<string[]> {
  return openMenu(page).locator('.action-item:not(.disabled) .action-label').allInnerTexts();
}
