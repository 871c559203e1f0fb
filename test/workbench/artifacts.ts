import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { DataFolder } from './dataFolder';

/** Kept after a run: screenshots always, logs of what failed. */
const FOLDER = 'artifacts';
/** Of a folder's name; some file systems take no more than 255 bytes. */
const MOST_CHARACTERS = 150;

export async function screenshot(page: Page, name: string): Promise<string> {
  const file = join(FOLDER, 'screenshots', `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}

/** Keeps the logs of the server, its extension hosts and the page, which would go with the run's temporary folder. */
export function keepLogs({ logs, data }: DataFolder, saved: string): void {
  mkdirSync(saved, { recursive: true });
  cpSync(logs, saved, { recursive: true });
  const ofServer = join(data, 'data/logs');
  if (existsSync(ofServer)) cpSync(ofServer, join(saved, 'data'), { recursive: true });
}

/** A folder among the artifacts that is named after a test or a suite. */
export function artifactFolder(title: string): string {
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_CHARACTERS)
    .replace(/^-+|-+$/g, '');
  const folder = join(FOLDER, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
