import type { Locator, Page } from 'playwright-core';
import { expand, hubImagesView, treeRow } from '../../workbench/driver';

/** @param state `in use` or `not in use` */
export function accountRow(page: Page, username: string, state: string): Locator {
  return treeRow(page, new RegExp(`^${literally(username)}, account, ${state}$`));
}

/** Rows by the beginning of what a screen reader says of them. */
export function namespaceRow(page: Page, name: string): Locator {
  return treeRow(page, new RegExp(`^${literally(name)}, namespace`));
}

/** @param name `namespace/name` */
export function repositoryRow(page: Page, name: string): Locator {
  return treeRow(page, new RegExp(`^${literally(name)}, (private )?repository`));
}

/** @param label Current tags as the row shows them, or the short digest. */
export function imageRow(page: Page, label: string): Locator {
  return treeRow(page, new RegExp(`^${literally(label.replace(/^sha256:/, ''))}, image`));
}

/** The images in view, from the top. */
export function imageRows(page: Page): Locator {
  return treeRow(page, /, image, /);
}

/** @param name Of the tag; rows of it may stand below several images. */
export function tagRow(page: Page, name: string): Locator {
  return treeRow(page, new RegExp(`^${literally(name)}, tag`));
}

/** @param label Platform, or what it is to its image; rows of it may stand below several images. */
export function partRow(page: Page, label: string): Locator {
  return treeRow(page, new RegExp(`^${literally(label)}, part of the image`));
}

/** A message or a button among the rows. */
export function messageRow(page: Page, text: string): Locator {
  return treeRow(page, new RegExp(`^(Error: |Warning: )?${literally(text)}`));
}

/** Opens a namespace, and in it a repository, and waits for what is in it. */
export async function openRepository(page: Page, name: string): Promise<Locator> {
  const [namespace = ''] = name.split('/');
  await openRow(page, namespaceRow(page, namespace));
  const row = repositoryRow(page, name);
  await openRow(page, row);
  return row;
}

/** Opens a row and waits until what is below it is there. */
export async function openRow(page: Page, row: Locator): Promise<void> {
  await row.waitFor();
  await expand(row);
  await hubImagesView(page)
    .locator('.monaco-tl-twistie.codicon-tree-item-loading')
    .waitFor({ state: 'detached' });
  await row.and(page.locator('[aria-expanded="true"]')).waitFor();
}

/** Clicks a row that has others below it, which opens it too, and waits until those are there. */
export async function select(row: Locator): Promise<void> {
  await row.click();
  await row.and(row.page().locator('[aria-expanded="true"][aria-selected="true"]')).waitFor();
  const index = Number(await row.getAttribute('data-index'));
  const level = Number(await row.getAttribute('aria-level'));
  await hubImagesView(row.page())
    .locator(`[data-index="${index + 1}"][aria-level="${level + 1}"]`)
    .waitFor();
}

/** The badge at the end of a row, which is drawn by a style sheet. */
export async function badge(row: Locator): Promise<string | undefined> {
  const label = row.locator('.custom-view-tree-node-item-resourceLabel');
  const content = await label.evaluate(
    // runs in the page, whose types are not known here
    (element) => (globalThis as unknown as PageGlobals).getComputedStyle(element, '::after').content,
  );
  return /^"([^"]+)"/.exec(content)?.[1];
}

interface PageGlobals {
  getComputedStyle(element: unknown, pseudoElement: string): { readonly content: string };
}

/** How many rows stand beside this one, itself included, in view or not. */
export async function siblingCount(row: Locator): Promise<number> {
  return Number(await row.getAttribute('aria-setsize'));
}

/** Scrolls to the end of the tree, as the key does. */
export async function goToLastRow(page: Page): Promise<void> {
  await hubImagesView(page).getByRole('treeitem').first().focus();
  await page.keyboard.press('End');
}

export async function collapseAll(page: Page): Promise<void> {
  await viewTitle(page).hover(); // not the rows, over which the hint of one may lie
  await hubImagesView(page).getByRole('button', { name: 'Collapse All' }).click();
}

/** Of the view: it tells the repository looked at and how its images are shown. */
export function viewTitle(page: Page): Locator {
  return hubImagesView(page).locator('.title-label');
}

export function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
