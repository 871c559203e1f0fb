import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

const POLL_MS = 50;
const PATIENCE_MS = 30_000;

/** Waits until a question is answered as expected; the difference is the error otherwise. */
export async function eventually<T>(ask: () => Promise<T> | T, expected: T): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const actual = await ask();
    try {
      assert.deepEqual(actual, expected);
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await delay(POLL_MS);
  }
}

/** Waits until the element's text matches. */
export async function hasText(element: Locator, text: string | RegExp): Promise<void> {
  await element.filter({ hasText: text }).waitFor();
}

/** Waits until nothing fades in or moves any more, but for what never ends. */
export async function hasArrived(page: Page): Promise<void> {
  await page.evaluate(
    `Promise.allSettled(
      document.getAnimations()
        .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    ).then(() => true)`,
  );
}
