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
  await quickInputBox(page).fill(`>${title}`, options);
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

/** Closes what is open in the editors, if anything is. */
export async function closeEditors(page: Page): Promise<void> {
  const tabs = page.locator('.editor .tabs-container .tab');
  if ((await tabs.count()) === 0) return;
  await runCommand(page, 'View: Close All Editors');
  await tabs.first().waitFor({ state: 'detached' });
}

/** Closes all messages at the lower right and in the notification center, if there are any. */
export async function clearNotifications(page: Page): Promise<void> {
  const bell = page.locator('.statusbar-item#status\\.notifications');
  if ((await bell.locator('.codicon-bell-dot').count()) === 0 && (await notification(page, '').count()) === 0)
    return;
  await runCommand(page, 'Notifications: Clear All Notifications');
  await notification(page, '').first().waitFor({ state: 'detached' });
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

/** Answers the input box or picker that is open. */
export async function answerInput(page: Page, text: string): Promise<void> {
  const box = quickInputBox(page);
  await box.fill(text);
  await box.press('Enter'); // focuses it first
}

/** Where one types, in whatever is open at the top. */
export function quickInputBox(page: Page): Locator {
  return quickInput(page).locator('input.input').first();
}

/** Chooses a row of a picker. */
export async function pick(page: Page, label: string): Promise<void> {
  await quickPickRow(page, label).first().click();
}

/**
 * Opens the view container by its icon in the activity bar. After a reload it may come to be shown at any moment, and a
 * click on the icon of what is shown hides it: so the icon is clicked only while another one is marked, and once more
 * where that was too late.
 */
export async function openHubImages(page: Page): Promise<Locator> {
  const icon = page.locator('.activitybar').getByRole('tab', { name: 'Hub Images' });
  const view = hubImagesView(page);
  await icon.waitFor();
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    if (await view.isVisible()) return view;
    if ((await icon.getAttribute('aria-selected')) !== 'true') await icon.click();
    if (await isThereSoon(view)) return view;
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

/**
 * Presses a key in the tree, where the row that was clicked has to be the selected one. A list of the editor has the focus
 * itself and names its row, so that is what is waited for.
 */
export async function pressInTree(page: Page, key: string): Promise<void> {
  const tree = hubImagesView(page).locator('.monaco-list:focus', {
    has: page.locator('.monaco-list-row.selected.focused'),
  });
  await tree.waitFor();
  await tree.press(key);
}

/** Expands a row of a tree that is collapsed. */
export async function expand(row: Locator): Promise<void> {
  if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
}

/**
 * Chooses an entry of the menu that a right click opens, or of a menu within it: then the names lead from one to the next.
 * The name of an entry may end with its key. The menu closes when the row below it is drawn again, so it is opened again;
 * and it overlooks a click that comes as soon as it is there.
 */
export async function chooseFromMenu(page: Page, target: Locator, ...path: readonly string[]): Promise<void> {
  const items = path.map((entry) => page.getByRole('menuitem').filter({ has: page.getByText(entry, WHOLE) }));
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined) throw new Error('A menu is left without a choice');
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    if (!(await first.isVisible())) await target.click({ button: 'right' });
    const isClicked = await succeeds(clickEach(items));
    if (isClicked && (await isGoneSoon(last))) return;
  }
  throw new Error(`${path.join(' ▸ ')} could not be chosen from the menu of ${target.toString()}`);
}

async function clickEach(items: readonly Locator[]): Promise<void> {
  for (const item of items) await item.click({ timeout: SOON_MS });
}

/**
 * Cancels what a message reports the progress of. The message is drawn again whenever it has news, and a click that spans
 * that is lost, so it is repeated: what is cancelled cannot be cancelled twice. A message that comes in its place may begin
 * with the same words, so the button is what has to go.
 */
export async function cancelProgress(progress: Locator): Promise<void> {
  const cancel = progress.getByRole('button', { name: 'Cancel' });
  await cancel.waitFor();
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    await succeeds(cancel.click({ timeout: SOON_MS }));
    if (await isGoneSoon(cancel)) return;
  }
  throw new Error(`${progress.toString()} can still be cancelled after it was`);
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

/** Opens the list of all messages by the bell in the status bar. While it is open, messages come there. */
export async function openNotifications(page: Page): Promise<void> {
  await page.locator('.statusbar-item[id="status.notifications"]').click();
  await page.locator('.notifications-center').waitFor();
}

/** A message in that list. */
export function listedNotification(page: Page, text: string | RegExp): Locator {
  return page.locator('.notifications-center .monaco-list-row').filter({ hasText: text });
}

/**
 * What a webview shows: a frame within a frame. It is looked up anew at every use, for a webview that was hidden comes
 * back in another frame.
 */
export function webview(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}
