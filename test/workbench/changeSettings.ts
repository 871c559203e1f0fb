import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { userSettingsText, type Settings } from './dataFolder';
import { runCommand } from './driver';
import type { Workbench } from './openWorkbench';

const POLL_MS = 50;
const PATIENCE_MS = 15_000;

/** Replaces the user settings as a user does, in the editor: the workbench does not watch the file. */
export async function changeSettings(
  { page, settingsFile, settings }: Workbench,
  changes: Settings,
): Promise<void> {
  const wanted = userSettingsText({ ...settings, ...changes });
  if (isDeepStrictEqual(JSON.parse(readFileSync(settingsFile, 'utf8')), JSON.parse(wanted))) return;
  await runCommand(page, 'Preferences: Open User Settings (JSON)');
  const editor = page.locator('.monaco-editor[data-uri$="/settings.json"]');
  await editor.and(page.locator('.focused')).waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete'); // what replaces a selection may leave the end of it
  await page.keyboard.insertText(wanted);
  await page.keyboard.press('ControlOrMeta+S');
  await isWritten(settingsFile, wanted);
  await page.keyboard.press('Escape'); // the settings are in an editor over the others
  await editor.waitFor({ state: 'detached' });
}

async function isWritten(file: string, wanted: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (readFileSync(file, 'utf8') !== wanted && Date.now() < end) await delay(POLL_MS);
  assert.equal(readFileSync(file, 'utf8'), wanted);
}
