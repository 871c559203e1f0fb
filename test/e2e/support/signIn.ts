import type { Locator, Page } from 'playwright-core';
import { dialog, quickInput, runCommand } from '../../workbench/driver';

export interface Account {
  readonly username: string;
  readonly password: string;
}

/** Signs in from the palette. */
export async function signIn(page: Page, { username, password }: Account): Promise<void> {
  await runCommand(page, 'Hub Images: Sign In to Docker Hub');
  await enterUsername(page, username);
  await enterPassword(page, password);
  await quickInput(page).waitFor({ state: 'hidden' });
}

export async function enterUsername(page: Page, username: string): Promise<void> {
  await enter(usernameBox(page), username);
}

export async function enterPassword(page: Page, password: string): Promise<void> {
  await enter(passwordBox(page), password);
}

export function usernameBox(page: Page): Locator {
  return quickInput(page).getByPlaceholder('Your Docker ID');
}

export function passwordBox(page: Page): Locator {
  return quickInput(page).getByPlaceholder('Password or personal access token');
}

/** What is said under the box. */
export function problem(page: Page): Locator {
  return quickInput(page).locator('.quick-input-message');
}

async function enter(box: Locator, text: string): Promise<void> {
  await box.fill(text);
  await box.press('Enter');
}

/** Agrees to the sign-out that was asked for. */
export async function confirmSignOut(page: Page): Promise<void> {
  await dialog(page).getByRole('button', { name: 'Sign Out' }).click();
}

/** Signs out the only account. */
export async function signOut(page: Page): Promise<void> {
  await runCommand(page, 'Hub Images: Sign Out');
  await confirmSignOut(page);
}
