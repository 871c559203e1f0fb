/**
 * Pictures for people to judge, in artifacts/screenshots/look-*.png. The picture of the README is made from one of them:
 *
 *   convert artifacts/screenshots/look-overview.png -dither None -colors 255 -define png:compression-level=9 \
 *     -strip media/readme/overview.png
 */
import type { Page } from 'playwright-core';
import { demoWorld, digestOf, sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import {
  chooseFromMenu,
  closeEditors,
  hubImagesView,
  openHubImages,
  pick,
  pressInTree,
  quickInputBox,
  runCommand,
} from '../workbench/driver';
import { describeOn } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import { collapseAll, imageRow, messageRow, openRepository, repositoryRow, select } from './support/rows';
import { signIn } from './support/signIn';

const normalWidth = 300;
/** Titles of themes, and the class by which the page shows that one is on. */
const themes = [
  ['light', 'Light Modern', '.vs'],
  ['high-contrast', 'Dark High Contrast', '.hc-black'],
  ['high-contrast-light', 'Light High Contrast', '.hc-light'],
  ['dark', 'Dark Modern', '.vs-dark'], // the last, as it was before
] as const;

function world() {
  const now = new Date();
  const made = demoWorld(now);
  made.addRepository('demo/single').push({ digest: digestOf('demo/single'), tags: ['latest'], at: now });
  return made;
}

describeOn('management', 'the look', () => {
  const { workbench } = useHubWorkbench('management', { hub: () => ({ world: world() }) });
  const page = () => workbench().page;

  before(async () => {
    await openHubImages(page());
    await signIn(page(), sandboxAccounts.demo);
  });

  it('of the overview', async () => {
    await setSideBarWidth(page(), 430);
    await openRepository(page(), 'demo/website');
    await openRepository(page(), 'acme/billing');
    await select(imageRow(page(), '0.8, production'));
    await imageRow(page(), '0.8, production').locator('.monaco-tl-twistie').click();
    for (const label of ['0.7', '0.6', '0.5']) {
      await imageRow(page(), label).click({ modifiers: ['ControlOrMeta'] });
    }
    await pressInTree(page(), 'Delete');
    const review = new Review(page());
    await review.says('Dry run finished for 4 images');
    await review.accept('is_active', '0.7').check();
    await review.accept('current_tag', '0.7').check();
    await review.accept('current_tag', '0.6').check();
    await review.says('3 warnings are not accepted.');
    await page().mouse.move(900, 780);
    await screenshot(page(), 'look-overview');
  });

  it('of an empty repository, one image and many, in a side bar of any width', async () => {
    await closeEditors(page());
    await collapseAll(page());
    await openRepository(page(), 'demo/scratchpad');
    await messageRow(page(), 'No images').waitFor();
    await openRepository(page(), 'demo/single');
    await openRepository(page(), 'demo/dotfiles');
    await openRepository(page(), 'acme/nightly');
    for (const [name, width] of [
      ['normal', normalWidth],
      ['narrow', 200],
      ['wide', 520],
    ] as const) {
      await setSideBarWidth(page(), width);
      await screenshot(page(), `look-tree-${name}`);
    }
    await setSideBarWidth(page(), normalWidth);
  });

  it('of tree, review and result in every theme', async () => {
    const review = new Review(page());
    await chooseFromMenu(page(), repositoryRow(page(), 'demo/single'), 'Filter by Status…');
    await pick(page(), 'inactive only');
    await messageRow(page(), 'No inactive images').waitFor();
    await runCommand(page(), 'Hub Images: Delete Inactive Images…');
    await pick(page(), 'acme/billing');
    await review.acceptAll('current_tag', /^Accept all current_tag warnings/).check();
    await review.acceptCollateral();
    await review.confirm(await review.askToDelete(), 'acme/billing');
    await review.says(/^All \d+ images were deleted\./);
    await runCommand(page(), 'Hub Images: Delete Inactive Images…');
    await pick(page(), 'acme/gateway');
    await review.says(/Dry run finished for \d+ images\. \d+ images? ha(s|ve) errors/);
    for (const [name, title, mark] of themes) {
      await runCommand(page(), 'Preferences: Color Theme');
      await quickInputBox(page()).fill(title);
      await pick(page(), title);
      await page().locator(`.monaco-workbench${mark}`).waitFor();
      await tab(page(), 'acme/gateway').click();
      await review.button(/^Remove All with Errors/).waitFor();
      await review.hasFonts();
      await screenshot(page(), `look-review-${name}`);
      await tab(page(), 'acme/billing').click();
      await review.row('0.5').getByText('deleted').waitFor();
      await review.hasFonts();
      await screenshot(page(), `look-result-${name}`);
    }
  });

  it('of the review in a narrow editor', async () => {
    await tab(page(), 'acme/gateway').click();
    await page().setViewportSize({ width: 760, height: 800 });
    await new Review(page()).button(/^Remove All with Errors/).waitFor();
    await screenshot(page(), 'look-review-narrow');
    await page().setViewportSize({ width: 1280, height: 800 });
    await chooseFromMenu(page(), repositoryRow(page(), 'demo/single'), 'Filter by Status…');
    await pick(page(), 'all images');
    await imageRow(page(), 'latest').first().waitFor();
  });
});

function tab(page: Page, repository: string) {
  return page.getByRole('tab', { name: `Delete images: ${repository}` });
}

/** Drags the border of the side bar. */
async function setSideBarWidth(page: Page, width: number): Promise<void> {
  const box = await hubImagesView(page).boundingBox();
  if (box === null) throw new Error('The side bar is not shown');
  const middle = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width + 2, middle);
  await page.mouse.down();
  await page.mouse.move(box.x + width + 2, middle, { steps: 4 });
  await page.mouse.up();
}
