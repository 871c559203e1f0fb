import type { Locator, Page } from 'playwright-core';
import { eventually } from './waitFor';

const MOST_STEPS = 60;

/** Presses Tab until the element has the focus, as a person without a mouse does. */
export async function tabTo(page: Page, element: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await element.waitFor();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await hasFocus(element)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${MOST_STEPS} times ${key} did not lead to ${element.toString()}`);
}

/** Presses a key once the element has the focus, which nothing but the product gives it. */
export async function pressOn(element: Locator, key: string): Promise<void> {
  await eventually(() => hasFocus(element), true);
  await element.page().keyboard.press(key);
}

interface FocusableElement {
  matches(selector: string): boolean;
}

function hasFocus(element: Locator): Promise<boolean> {
  // an element of the page, whose types are not known here
  return element.evaluate((node) => (node as unknown as FocusableElement).matches(':focus'));
}
