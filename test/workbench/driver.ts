/** What a person does in a workbench, as functions of its page. */
import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Rows of quick picks, trees and menus may carry more than the text asked for, never less. */
const WHOLE = { exact: true };
const SOON_MS = 1500;
const ATTEMPTS = 8;

/**
 * Runs a command by its title, such as `Hub Images: Refresh`, from the command palette. The palette lists what is known
 * when it opens, so it is opened again until the extension's commands have come; and it closes when the focus comes back
 * to an editor after it opened.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const row = quickPickRow(page, title).first();
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    const typed = await succeeds(typeIntoPalette(page, title, { timeout: SOON_MS }));
    if (typed && (await isThereSoon(row))) return row.click();
    await page.keyboard.press('Escape');
  }
  await typeIntoPalette(page, title);
  await row.click();
}

async function typeIntoPalette(page: Page, title: string, options?: { timeout: number }): Promise<void> {
  await page.keyboard.press('F1');
  await quickInput(page).locator('input.input').first().fill(`>${title}`, options);
}

function isThereSoon(row: Locator): Promise<boolean> {
  return succeeds(row.waitFor({ timeout: SOON_MS }));
}

function succeeds(attempt: Promise<void>): Promise<boolean> {
  return attempt.then(
    () => true,
    () => false,
  );
}

/** The box at the top in which the palette, pickers and input boxes appear. */
export function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget:visible');
}

/** Rows of a picker whose label begins with this text. */
export function quickPickRow(page: Page, label: string): Locator {
  return quickInput(page)
    .getByRole('option')
    .or(quickInput(page).getByRole('checkbox'))
    .filter({ hasText: label });
}

/** Answers an input box, once it asks what is expected. */
export async function answerInput(page: Page, text: string): Promise<void> {
  await quickInput(page).locator('input.input').first().fill(text);
  await page.keyboard.press('Enter');
}

/** Chooses a row of a picker. */
export async function pick(page: Page, label: string): Promise<void> {
  await quickPickRow(page, label).first().click();
}

/**
 * Opens the view container by its icon in the activity bar. The icon of what is shown already hides it, and after a
 * reload it may come to be shown at any moment: so it is only clicked while nothing comes by itself.
 */
export async function openHubImages(page: Page): Promise<Locator> {
  const icon = page.locator('.activitybar').getByRole('tab', { name: 'Hub Images' });
  const view = hubImagesView(page);
  await icon.waitFor();
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    if (await isThereSoon(view)) return view;
    await icon.click();
  }
  await view.waitFor();
  return view;
}

/** The side bar while it shows the view container. */
export function hubImagesView(page: Page): Locator {
  return page.locator('.sidebar', { has: page.locator('.title-label', { hasText: /hub images/i }) });
}

/** The row of a tree whose accessible name contains this text. */
export function treeRow(page: Page, name: string | RegExp): Locator {
  return hubImagesView(page).getByRole('treeitem', { name });
}

/** Expands a row of a tree that is collapsed. */
export async function expand(row: Locator): Promise<void> {
  if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
}

/**
 * Chooses an entry of the menu that a right click opens; the entry's name may end with its key. The menu overlooks a
 * click that comes as soon as it is there.
 */
export async function chooseFromMenu(page: Page, target: Locator, entry: string): Promise<void> {
  await target.click({ button: 'right' });
  const item = page.getByRole('menuitem').filter({ has: page.getByText(entry, WHOLE) });
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    await item.click();
    if (await isGoneSoon(item)) return;
  }
  throw new Error(`The menu stays open when ${entry} is chosen`);
}

function isGoneSoon(element: Locator): Promise<boolean> {
  return succeeds(element.waitFor({ state: 'detached', timeout: SOON_MS }));
}

/** A modal question. */
export function dialog(page: Page): Locator {
  return page.locator('.monaco-dialog-box');
}

/** Messages at the lower right. */
export function notification(page: Page, text: string | RegExp): Locator {
  return page.locator('.notifications-toasts .notification-toast').filter({ hasText: text });
}

/**
 * What a webview shows: a frame within a frame. It is looked up anew at every use, for a webview that was hidden comes
 * back in another frame.
 */
export function webview(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}
