import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright-core';
import { keepLogs } from './artifacts';
import { runProgram } from './childProcess';
import { makeDataFolder, writeWorkspaceSettings, type Settings } from './dataFolder';
import { withFewExtensions } from './fewExtensions';
import { installWorkbench, type Installation } from './install';
import { launchChromium } from './launchChromium';
import { addPseudoTranslation, usePseudoLanguage } from './pseudoLanguage';
import { keepSecrets } from './secrets';
import { pageUrl, serverEnvironment, startServer } from './server';
import { workbenchVersions, type VersionName } from './versions';

export interface WorkbenchOptions {
  readonly version?: VersionName;
  /** Packaged extensions to install. */
  readonly vsix?: readonly string[];
  /** Of the person. */
  readonly settings?: Settings;
  /** Of the folder that is open. */
  readonly workspaceSettings?: Settings;
  /** Of the page, in CSS pixels. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Trusted unless false: then the window opens in Restricted Mode. */
  readonly isTrusted?: boolean;
  /** Without animations and with few built-in extensions: much faster, for tests of what neither has a part in. */
  readonly isLean?: boolean;
  /** Whether the extensions show a pseudo-translation of their texts. */
  readonly isPseudoLocalized?: boolean;
  /** Added to the environment of the extension host. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface Workbench {
  readonly page: Page;
  readonly url: string;
  /** Folder that is open in it. */
  readonly workspace: string;
  /** Folder in which its extension host looks for the configuration of the Docker CLI; empty at first. */
  readonly dockerConfig: string;
  /** The user settings it was opened with, and the file they are in. */
  readonly settings: Settings;
  readonly settingsFile: string;
  /** What the extension keeps on disk for all windows. */
  readonly globalStorage: string;
  /** Loads the page anew, as a person does; what is in SecretStorage stays. */
  readonly reload: () => Promise<void>;
  /** Copies all logs into a folder. */
  readonly keepLogs: (folder: string) => void;
  readonly stop: () => Promise<void>;
}

/** A workbench as a person has it: packaged extensions installed, no switch for tests, a page in a real browser. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { version = 'newest', vsix = [], isTrusted = true, isLean = false, env } = options;
  const settings = { 'workbench.colorTheme': workbenchVersions[version].darkTheme, ...options.settings };
  const folder = makeDataFolder(settings);
  if (options.workspaceSettings) writeWorkspaceSettings(folder.workspace, options.workspaceSettings);
  const installation = await installWorkbench(version);
  for (const file of vsix) await installExtension(installation, folder.data, file);
  if (options.isPseudoLocalized) addPseudoTranslation(hubImagesFolder(folder.data));
  const server = await startServer({
    installation,
    dataFolder: folder.data,
    args: [
      ...(isTrusted ? ['--disable-workspace-trust'] : []),
      ...(isLean ? withFewExtensions(installation, folder.builtInExtensions) : []),
    ],
    logFile: join(folder.logs, 'server.log'),
    env: { DOCKER_CONFIG: folder.dockerConfig, ...env },
  });
  const browser = await launchChromium();
  const stop = async () => {
    await browser.close();
    await server.stop();
    folder.remove();
  };
  try {
    const context = await browser.newContext({
      viewport: options.size ?? { width: 1280, height: 800 },
      reducedMotion: isLean ? 'reduce' : 'no-preference',
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    logConsole(page, join(folder.logs, 'page.log'));
    await keepSecrets(page);
    if (options.isPseudoLocalized) await usePseudoLanguage(page);
    const url = pageUrl(server, folder.workspace);
    await page.goto(url);
    await isShown(page);
    return {
      page,
      url,
      workspace: folder.workspace,
      dockerConfig: folder.dockerConfig,
      settings,
      settingsFile: folder.settingsFile,
      globalStorage: join(folder.data, 'data/User/globalStorage/hub-images.hub-images'),
      reload: async () => {
        await page.reload();
        await isShown(page);
      },
      keepLogs: (saved) => {
        keepLogs(folder, saved);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where the extension was installed to; the name of the folder ends with its version. */
function hubImagesFolder(dataFolder: string): string {
  const extensions = join(dataFolder, 'extensions');
  const name = readdirSync(extensions).find((one) => one.startsWith('hub-images.hub-images-'));
  if (name === undefined) throw new Error('Hub Images is not installed');
  return join(extensions, name);
}

async function isShown(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .statusbar').waitFor();
}

/** Installs a packaged extension from its file, without a gallery. */
export async function installExtension(
  installation: Installation,
  dataFolder: string,
  vsix: string,
): Promise<void> {
  await runProgram(
    installation.node,
    [installation.serverMain, '--server-data-dir', dataFolder, '--install-extension', vsix, '--force'],
    serverEnvironment(),
  );
}

function logConsole(page: Page, file: string): void {
  const write = (line: string) => appendFileSync(file, `${stripVTControlCharacters(line)}\n`);
  page.on('console', (message) => write(`[${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => write(`[uncaught] ${error.stack ?? error.message}`));
}
