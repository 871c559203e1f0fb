import type { Page } from 'playwright-core';
import { hubImagesView } from '../../workbench/driver';
import { imageRows, namespaceRow, repositoryRow } from './rows';

/** Waits until the view and the status bar say that the sandbox is in use, and which server it simulates. */
export async function saysSandbox(page: Page, server: string): Promise<void> {
  await hubImagesView(page).getByText(`Sandbox: ${server}, simulated on this machine`).waitFor();
  await page.locator('.statusbar').getByText(`Sandbox: ${server}`).waitFor();
}

/** Waits for what the sandbox shows first: a repository is open, one of its inactive images is selected and has the focus. */
export async function isSampleShown(page: Page): Promise<void> {
  for (const row of [namespaceRow(page, 'acme'), repositoryRow(page, 'acme/billing')]) {
    await row.and(page.locator('[aria-expanded="true"]')).waitFor();
  }
  await imageRows(page).filter({ hasText: 'inactive' }).and(page.locator('.selected.focused')).waitFor();
  await hubImagesView(page).locator('.monaco-list:focus').waitFor();
}
