import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import words from '../../package.nls.json';
import { screenshot } from '../workbench/artifacts';
import { changeSettings } from '../workbench/changeSettings';
import {
  closeEditors,
  openHubImages,
  pick,
  pressInTree,
  quickInput,
  quickInputBox,
  runCommand,
  webview,
} from '../workbench/driver';
import { useWorkbench } from '../workbench/useWorkbench';
import { describeOn } from './support/apis';
import { Review } from './support/review';
import { imageRow, openRepository, select } from './support/rows';
import { isSampleShown } from './support/sandbox';
import { stepsInOrder } from './support/stepsInOrder';
import { eventually } from './support/waitFor';

type Step = 'sandbox' | 'unused' | 'delete' | 'account' | 'protect';
const stepNames: readonly Step[] = ['sandbox', 'unused', 'delete', 'account', 'protect'];

/** Kinds of themes as a webview knows them, and the title of one of each. The last is the one that was on before. */
const themes = [
  ['light', 'Light Modern'],
  ['high-contrast', 'Dark High Contrast'],
  ['high-contrast-light', 'Light High Contrast'],
  ['dark', 'Dark Modern'],
] as const;

describeOn('management', 'the walkthrough', () => {
  stepsInOrder();
  // of its own: in another one, steps are done already
  const workbench = useWorkbench({
    isLean: true,
    size: { width: 1600, height: 900 }, // where it is narrow, the editor leaves the pictures out
  });
  const page = () => workbench().page;

  it('opens from the welcome view, but not on its own', async () => {
    const view = await openHubImages(page());
    assert.equal(await walkthrough(page()).count(), 0);
    await view.getByRole('button', { name: 'open the walkthrough' }).click();
    await walkthrough(page()).locator('h2', { hasText: words['walkthrough.title'] }).waitFor();
    await screenshot(page(), 'walkthrough-welcome');
    await closeEditors(page());
  });

  it('opens from the palette, with five steps that nobody has done', async () => {
    await openWalkthrough(page());
    assert.equal(await walkthrough(page()).locator('.getting-started-step').count(), stepNames.length);
    for (const name of stepNames) assert.equal(await isTicked(page(), name), false, name);
  });

  for (const [theme, title] of themes) {
    it(`shows its pictures in the colors of the theme: ${title}`, async () => {
      await runCommand(page(), 'Preferences: Color Theme');
      await quickInputBox(page()).fill(title);
      await pick(page(), title);
      for (const one of stepNames) {
        await selectStep(page(), one);
        await eventually(() => pictureShown(page(), theme), textOf(one));
        await screenshot(page(), `walkthrough-${one}-${theme}`);
      }
    });
  }

  it('ticks the sandbox when its button has started it, and not the account', async () => {
    await selectStep(page(), 'sandbox');
    await button(page(), 'Explore the Sandbox').click();
    await isSampleShown(page());
    await eventually(() => isTicked(page(), 'sandbox'), true);
    assert.equal(await isTicked(page(), 'account'), false);
    await screenshot(page(), 'walkthrough-sandbox-ticked');
  });

  it('ticks the search for unused images with the filter', async () => {
    await selectStep(page(), 'unused');
    await button(page(), 'Filter by Status…').click();
    await pick(page(), 'demo/website');
    await pick(page(), 'all images');
    await eventually(() => isTicked(page(), 'unused'), true);
  });

  it('asks for the images to delete, and ticks nothing for that', async () => {
    await selectStep(page(), 'delete');
    await button(page(), 'Delete Images…').click();
    await quickInput(page()).waitFor();
    await page().keyboard.press('Escape');
    await quickInput(page()).waitFor({ state: 'hidden' });
    assert.equal(await isTicked(page(), 'delete'), false);
  });

  it('ticks the deletion when an image was deleted, not when its review opened', async () => {
    await openRepository(page(), 'demo/website');
    await select(imageRow(page(), 'v6'));
    await pressInTree(page(), 'Delete');
    const review = new Review(page());
    await review.accept('current_tag', 'v6').check();
    await openWalkthrough(page());
    assert.equal(await isTicked(page(), 'delete'), false);
    await page()
      .getByRole('tab', { name: /^Delete images: demo\/website/ })
      .click();
    await review.confirm(await review.askToDelete(), 'demo/website');
    await review.says('1 image was deleted.');
    await closeEditors(page());
    await openWalkthrough(page());
    await eventually(() => isTicked(page(), 'delete'), true);
  });

  it('ticks the protection when the setting has changed', async () => {
    await selectStep(page(), 'protect');
    await button(page(), 'Open Setting').click();
    await page().locator('.settings-editor').getByText('Protect', { exact: true }).first().waitFor();
    await screenshot(page(), 'walkthrough-setting');
    await changeSettings(workbench(), { 'hubImages.protect': ['acme/billing'] });
    await openWalkthrough(page());
    await eventually(() => isTicked(page(), 'protect'), true);
    assert.equal(await isTicked(page(), 'account'), false);
  });
});

function walkthrough(page: Page): Locator {
  return page.locator('.gettingStartedContainer');
}

async function openWalkthrough(page: Page): Promise<void> {
  await runCommand(page, 'Hub Images: Open Walkthrough');
  await step(page, 'sandbox').waitFor();
}

function step(page: Page, name: Step): Locator {
  return walkthrough(page).locator(`.getting-started-step[data-step-id$="#${name}"]`);
}

/** Opens a step, unless it is open. */
async function selectStep(page: Page, name: Step): Promise<void> {
  const one = step(page, name);
  if (!/\bexpanded\b/.test((await one.getAttribute('class')) ?? '')) await one.locator('.step-title').click();
  await one.and(page.locator('.expanded')).waitFor();
}

function button(page: Page, name: string): Locator {
  return walkthrough(page)
    .locator('.getting-started-step.expanded')
    .getByRole('button', { name, exact: true });
}

async function isTicked(page: Page, name: Step): Promise<boolean> {
  return (await step(page, name).getAttribute('aria-checked')) === 'true';
}

/** The names in the picture that is shown in this kind of theme. */
async function pictureShown(page: Page, theme: string): Promise<string | undefined> {
  const picture = webview(page).locator(`body.vscode-${theme} > svg`);
  return (await picture.count()) === 1 ? namesIn((await picture.textContent()) ?? '') : undefined;
}

function textOf(name: Step): string {
  return namesIn(readFileSync(`media/walkthrough/${name}.svg`, 'utf8').replace(/<[^>]+>/g, ' '));
}

function namesIn(text: string): string {
  return text.replace(/\s+/g, '');
}
