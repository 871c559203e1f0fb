import type { Page } from 'playwright-core';
import { plainRepeats, plainTitle, type PlainScene } from '../observer/plainScenes';
import { median } from './measure';
import { timeFromClick } from './stopwatch';
import { rowsOfLevel } from './workbench';

/**
 * What the editor takes by itself, from the click to the paint: as many rows, of an extension that takes no time but
 * that of the server.
 *
 * @param beforeEach Brings the window into the state in which the rows of the claim are opened.
 */
export async function medianOfPlainRows(
  page: Page,
  scene: PlainScene,
  beforeEach = (): Promise<void> => Promise.resolve(),
): Promise<number> {
  const times: number[] = [];
  for (let repeat = 1; repeat <= plainRepeats; repeat += 1) {
    await beforeEach();
    await showPlainRows(page);
    const row = page.locator('.sidebar').getByRole('treeitem', { name: plainTitle(scene, repeat) });
    await row.waitFor();
    const rows = rowsOfLevel(2, scene.rows);
    times.push(await timeFromClick(page, () => row.click(), rows));
    await row.click();
    await page.locator(rows).first().waitFor({ state: 'detached' });
  }
  return median(times);
}

/** The icon of what is shown already would hide it. */
async function showPlainRows(page: Page): Promise<void> {
  const icon = page.locator('.activitybar').getByRole('tab', { name: 'Plain Rows' });
  await icon.waitFor();
  if ((await icon.getAttribute('aria-selected')) !== 'true') await icon.click();
}
