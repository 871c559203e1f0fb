import type { Locator, Page } from 'playwright-core';
import { cutTexts } from '../support/cutTexts';
import { shownTexts } from '../support/shownTexts';
import { screenshot } from '../workbench/artifacts';
import { changeSettings } from '../workbench/changeSettings';
import {
  answerInput,
  chooseFromMenu,
  closeEditors,
  dialog,
  hubImagesView,
  notification,
  openHubImages,
  pressInTree,
  quickInput,
  webview,
} from '../workbench/driver';
import { pseudoLocalized } from '../workbench/pseudoLanguage';
import { useWorkbench } from '../workbench/useWorkbench';
import { describeOn } from './support/apis';
import { englishIn } from './support/englishTexts';
import { setSideBarWidth } from './support/sideBar';
import { stepsInOrder } from './support/stepsInOrder';
import { eventually } from './support/waitFor';

/** Of a question, without the buttons that the editor adds. */
const saidInDialog = '.dialog-message-text, .dialog-message-detail, .monaco-button:not(:text-is("Cancel"))';

/** Of a notification, without what the editor adds. */
const saidInNotification = '.notification-list-item-message, .notification-list-item-buttons-container';

describeOn('registry', 'in another language', () => {
  stepsInOrder();
  const workbench = useWorkbench({ isLean: true, isPseudoLocalized: true });
  const page = () => workbench().page;

  it('the view has no English text while nobody is signed in', async () => {
    const view = await openHubImages(page());
    await setSideBarWidth(page(), 250);
    await view.locator('.welcome-view-content .monaco-button').first().waitFor();
    await isTranslated(
      page(),
      'signed-out',
      view.locator('.welcome-view-content').locator('p, .monaco-button'),
    );
  });

  it('the walkthrough has none', async () => {
    await run(page(), 'Open Walkthrough');
    const walkthrough = page().locator('.gettingStartedContainer');
    const steps = walkthrough.locator('.getting-started-step');
    await steps.first().waitFor();
    for (const step of await steps.all()) {
      await step.click();
      await isTranslated(
        page(),
        `step-${(await step.getAttribute('data-step-id'))?.split('#').at(-1)}`,
        step.locator('.step-title, .step-description'),
      );
    }
    await closeEditors(page());
  });

  it('the sandbox and its question have none', async () => {
    await run(page(), 'Explore the Sandbox…');
    await hasTranslatedInput(page(), 'sandbox-question');
    await page().keyboard.press('Enter');
    await row(page(), 'acme/billing').and(page().locator('[aria-expanded="true"]')).waitFor();
    await isTranslated(page(), 'rows', treeItems(page()));
    await isTranslated(page(), 'view', hubImagesView(page()).locator('.title-label, .message'));
    await isTranslated(
      page(),
      'status-bar',
      page().locator('[id="hub-images.hub-images.hubImages.sandbox"]'),
    );
  });

  for (const [name, kind] of [
    ['acme', 'namespace'],
    ['acme/billing', 'repository'],
  ] as const) {
    it(`the menu of a ${kind} has none`, async () => {
      await hasTranslatedMenu(page(), kind, () => row(page(), name).click({ button: 'right' }));
    });
  }

  it('the menus of an image, a tag and the view have none', async () => {
    await selectImage(page());
    const image = treeItems(page()).and(page().locator('.selected'));
    await hasTranslatedMenu(page(), 'image', () => image.click({ button: 'right' }));
    const [index, level] = await Promise.all(
      ['data-index', 'aria-level'].map((name) => image.getAttribute(name)),
    );
    const tag = treeItems(page()).and(
      page().locator(`[data-index="${Number(index) + 1}"][aria-level="${Number(level) + 1}"]`),
    );
    await tag.waitFor();
    await isTranslated(page(), 'tags', treeItems(page()));
    await hasTranslatedMenu(page(), 'tag', () => tag.click({ button: 'right' }));
    const title = hubImagesView(page()).locator('.title-label');
    await hasTranslatedMenu(page(), 'view', async () => {
      await title.hover();
      await hubImagesView(page())
        .getByRole('button', { name: /More Actions/ })
        .click();
    });
  });

  it('what is said of a row on hover has none', async () => {
    for (const name of ['acme', 'acme/billing']) {
      await row(page(), name).hover();
      const hover = page().locator('.workbench-hover:visible');
      await hover.waitFor();
      await isTranslated(page(), `hover-${name.replace('/', '-')}`, hover);
      await page().mouse.move(900, 600);
      await hover.waitFor({ state: 'hidden' });
    }
  });

  for (const [title, name, questions] of [
    ['Filter by Status…', 'filter', 2],
    ['Sort Images…', 'sort', 2],
    ['Set Activity Window…', 'window', 2],
    ['Sort Repositories…', 'sort-repositories', 1],
    ['Group Repositories…', 'group-repositories', 1],
    ['Find Repository…', 'find', 1],
  ] as const) {
    it(`the questions of "${title}" have none`, async () => {
      await run(page(), title);
      await hasTranslatedInput(page(), name);
      if (questions > 1) {
        const first = await quickInput(page()).innerText();
        await page().keyboard.press('Enter');
        await eventually(async () => (await quickInput(page()).innerText()) !== first, true);
        await hasTranslatedInput(page(), `${name}-of-one`);
      }
      await page().keyboard.press('Escape');
      await quickInput(page()).waitFor({ state: 'hidden' });
    });
  }

  it('the details of an image have none', async () => {
    const image = await selectImage(page());
    await chooseFromMenu(page(), image, pseudoLocalized('Show Image Details'));
    await isTranslated(page(), 'details', page().locator('.editor-instance .view-lines'));
    await closeEditors(page());
  });

  it('the overview of a repository has none', async () => {
    await chooseFromMenu(page(), row(page(), 'acme/billing'), pseudoLocalized('Show Repository Overview'));
    await webview(page()).locator('canvas').first().waitFor();
    await isTranslatedPage(page(), 'overview', webview(page()).locator('body'));
    await closeEditors(page());
  });

  it('the overview of a namespace has none', async () => {
    await chooseFromMenu(page(), row(page(), 'acme'), pseudoLocalized('Show Namespace Overview'));
    const overview = webview(page()).locator('body');
    await overview.getByText('nightly').first().waitFor();
    await isTranslatedPage(page(), 'namespace-overview', overview);
    await closeEditors(page());
  });

  it('a review, its questions and its result have none', async () => {
    await selectImage(page());
    await pressInTree(page(), 'Delete');
    const review = webview(page()).locator('body');
    await review.locator('.body .row:not(.placeholder)').first().waitFor();
    await isTranslatedPage(page(), 'review', review);
    for (const warning of await review.locator('.body .row input[type="checkbox"]').all())
      await warning.check();
    await review.getByRole('button', { name: pseudoLocalized('Delete 1 Image'), exact: true }).click();
    await isTranslated(page(), 'confirmation', dialog(page()).locator(saidInDialog));
    await dialog(page())
      .getByRole('button', { name: pseudoLocalized('Delete 1 Image') })
      .click();
    await hasTranslatedInput(page(), 'confirmation-name');
    await answerInput(page(), 'acme/billing');
    await review.getByRole('button', { name: pseudoLocalized('Close'), exact: true }).waitFor();
    await isTranslatedPage(page(), 'result', review);
    await closeEditors(page());
  });

  it('the history has none', async () => {
    await run(page(), 'Show Deletion History');
    await isTranslated(page(), 'history', page().locator('.editor-instance .view-lines'));
    await closeEditors(page());
  });

  it('a message has none', async () => {
    await changeSettings(workbench(), { 'hubImages.protect': 3 });
    await isTranslated(page(), 'message', notification(page(), '').locator(saidInNotification));
  });
});

/** A command, by its English title. */
async function run(page: Page, title: string): Promise<void> {
  const translated = pseudoLocalized(title);
  await page.keyboard.press('F1');
  await quickInput(page).locator('input.input').fill(`>${translated}`);
  await quickInput(page).getByRole('option').filter({ hasText: translated }).first().click();
}

function treeItems(page: Page): Locator {
  return hubImagesView(page).getByRole('treeitem');
}

/** A row by the name that it begins with, which is no text of ours. */
function row(page: Page, name: string): Locator {
  return hubImagesView(page)
    .getByRole('treeitem', { name: new RegExp(`^${name},`) })
    .first();
}

/** Selects the first image. */
async function selectImage(page: Page): Promise<Locator> {
  const image = treeItems(page).and(page.locator('[aria-level="3"]')).first();
  await image.click();
  return image;
}

/** Opens a menu, and each of its submenus. */
async function hasTranslatedMenu(page: Page, name: string, open: () => Promise<void>): Promise<void> {
  await open();
  const items = page.locator('.monaco-menu-container').getByRole('menuitem');
  await items.first().waitFor();
  for (const submenu of await items.and(page.locator('[aria-haspopup="true"]')).all()) {
    const before = await items.count();
    await submenu.hover();
    await eventually(async () => (await items.count()) > before, true);
    await isTranslated(page, `menu-${name}`, items);
    await page.keyboard.press('ArrowLeft');
  }
  await isTranslated(page, `menu-${name}`, items);
  await page.keyboard.press('Escape'); // once: in the tree, it clears the selection
  await items.first().waitFor({ state: 'detached' });
}

/** Takes a picture of what is shown, as soon as there is text in these parts of it, and none of it is English. */
async function isTranslated(page: Page, name: string, parts: Locator): Promise<void> {
  await eventually(async () => {
    const texts = await shownTexts(parts);
    return texts.some((text) => /[^\x00-\x7f]/.test(text)) ? englishIn(texts) : ['no text yet', ...texts];
  }, []);
  await screenshot(page, `language-${name}`);
}

/** The same of a webview, whose texts must also fit into an editor of any width. */
async function isTranslatedPage(page: Page, name: string, body: Locator): Promise<void> {
  await isTranslated(page, name, body);
  for (const width of [700, 1000, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await eventually(() => cutTexts(body), []);
    await screenshot(page, `language-${name}-${width}`);
  }
}

/** The picker or box at the top. In its rows, the editor keeps hidden elements of rows that were there before. */
async function hasTranslatedInput(page: Page, name: string): Promise<void> {
  const said = ['.quick-input-title', '.quick-input-message', 'input.input', '.quick-input-list-separator'];
  const ofRows = ['.monaco-icon-label', '.quick-input-list-label-meta'];
  await isTranslated(
    page,
    name,
    quickInput(page).locator([...said, ...ofRows].map((part) => `${part}:visible`).join(', ')),
  );
}
