import type { Page } from 'playwright-core';
import { screenshot } from '../../workbench/artifacts';
import type { Settings } from '../../workbench/dataFolder';
import { setSideBarWidth } from './sideBar';

/** For a window that takes its theme from the system, as {@link pictures} need it. */
export const themeOfSystem: Settings = { 'window.autoDetectColorScheme': true };

type Media = Parameters<Page['emulateMedia']>[0];

/** What the system asks for, and the class by which the page shows that the theme is on. */
const themes: readonly (readonly [name: string, media: Media, mark: string])[] = [
  ['light', { colorScheme: 'light', forcedColors: 'none' }, '.vs'],
  ['high-contrast', { colorScheme: 'dark', forcedColors: 'active' }, '.hc-black'],
  ['high-contrast-light', { colorScheme: 'light', forcedColors: 'active' }, '.hc-light'],
  ['dark', { colorScheme: 'dark', forcedColors: 'none' }, '.vs-dark'], // the last, as it was before
];

/** Narrow, usual, and as wide as the page allows; the first is the last again. */
const sideBarWidths = [250, 400, 1000];

/** Pictures of what the view shows, in every kind of theme and at three widths of the side bar. */
export async function pictures(page: Page, name: string): Promise<void> {
  for (const width of sideBarWidths) {
    await setSideBarWidth(page, width);
    for (const [theme, media, mark] of themes) {
      await page.emulateMedia(media);
      await page.locator(`.monaco-workbench${mark}`).waitFor();
      await screenshot(page, `${name}-${theme}-${width}`);
    }
  }
  await setSideBarWidth(page, sideBarWidths[0] ?? 0);
}
