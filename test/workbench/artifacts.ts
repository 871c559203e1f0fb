import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { DataFolder } from './dataFolder';

/** Kept after a run: screenshots always, logs of what failed. */
const FOLDER = 'artifacts';

export async function screenshot(page: Page, name: string): Promise<string> {
  const file = join(FOLDER, 'screenshots', `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}

/** Keeps the logs of the server, its extension hosts and the page, which would go with the run's temporary folder. */
export function keepLogs(folder: DataFolder, name: string): string {
  const kept = join(FOLDER, 'logs', name);
  mkdirSync(kept, { recursive: true });
  cpSync(folder.logs, kept, { recursive: true });
  const ofServer = join(folder.data, 'data/logs');
  if (existsSync(ofServer)) cpSync(ofServer, join(kept, 'data'), { recursive: true });
  return kept;
}
