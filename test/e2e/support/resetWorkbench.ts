import type { Page } from 'playwright-core';
import {
  clearNotifications,
  closeEditors,
  dialog,
  hubImagesView,
  openHubImages,
  quickInput,
  runCommand,
} from '../../workbench/driver';
import { confirmSignOut } from './signIn';
import type { Workbench } from '../../workbench/openWorkbench';

/**
 * Brings a workbench back to how it starts, with the commands that a user has for it. What the user chose for single
 * repositories stays; a test that chooses something there takes it back.
 *
 * @throws Something stays open, or somebody stays signed in.
 */
export async function resetWorkbench({ page }: Workbench): Promise<void> {
  await closeQuestions(page);
  await closeEditors(page);
  await signOut(page);
  await clearNotifications(page);
}

/** Leaves modal questions, pickers and menus. */
async function closeQuestions(page: Page): Promise<void> {
  const question = dialog(page).or(quickInput(page)).or(page.getByRole('menu'));
  if ((await question.count()) === 0) return;
  await page.keyboard.press('Escape');
  await question.first().waitFor({ state: 'hidden' });
}

async function signOut(page: Page): Promise<void> {
  const view = await openHubImages(page);
  const signIn = view.getByRole('button', { name: 'Sign In to Docker Hub' });
  const leave = view.getByRole('button', { name: 'Leave the Sandbox' });
  if (await leave.isVisible()) await leave.click();
  else if (!(await signIn.isVisible())) {
    await runCommand(page, 'Hub Images: Sign Out');
    await confirmSignOut(page);
  }
  await signIn.waitFor();
  await hubImagesView(page).getByRole('treeitem').first().waitFor({ state: 'detached' });
}
