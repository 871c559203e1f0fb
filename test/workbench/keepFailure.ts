import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { artifactFolder } from './artifacts';
import type { Workbench } from './openWorkbench';

/** Of the output channel that `Hub Images: Show Log` shows. */
const EXTENSION_LOG = 'Hub Images.log';

/**
 * Keeps what a failed test left behind: `page.png`, `accessibility.yml`, `extension.log`, and all logs of the workbench.
 *
 * @returns The folder, which is named after the test.
 */
export async function keepFailure(workbench: Workbench, test: Mocha.Test): Promise<string> {
  const folder = artifactFolder(`failed ${test.fullTitle()}`);
  const logs = join(folder, 'logs');
  workbench.keepLogs(logs);
  for (const log of filesNamed(EXTENSION_LOG, logs)) cpSync(log, join(folder, 'extension.log'));
  try {
    await workbench.page.screenshot({ path: join(folder, 'page.png') });
    writeFileSync(join(folder, 'accessibility.yml'), await accessibilityTree(workbench.page));
  } catch (error) {
    console.error(`The page could not be kept: ${String(error)}`); // it may be what has failed
  }
  return folder;
}

/** Of the page and of every frame in it that is drawn: those of webviews. */
async function accessibilityTree(page: Page): Promise<string> {
  const trees = page.frames().map(async (frame) => {
    const tree = await frame
      .locator('body')
      .ariaSnapshot({ timeout: 5000 })
      .catch((error: unknown) => `# not readable: ${String(error)}`);
    return `# ${frame.url().split('?')[0] ?? ''}\n${tree}\n`;
  });
  return (await Promise.all(trees)).join('\n');
}

/** Newest last. */
function filesNamed(name: string, folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
