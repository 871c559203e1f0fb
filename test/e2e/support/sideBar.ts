import type { Page } from 'playwright-core';
import { hubImagesView } from '../../workbench/driver';

/** Drags the border of the side bar. */
export async function setSideBarWidth(page: Page, width: number): Promise<void> {
  const box = await hubImagesView(page).boundingBox();
  if (box === null) throw new Error('The side bar is not shown');
  const middle = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width + 2, middle);
  await page.mouse.down();
  await page.mouse.move(box.x + width + 2, middle, { steps: 4 });
  await page.mouse.up();
}
