import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { installWithApt, isRootOnDebian, runQuietly } from './debianPackages';
import { findChromium, HEADLESS_SHELL, type Machine } from './findChromium';

const fetchingShell = `Fetching Debian's ${HEADLESS_SHELL}, once: about 65 MB, half a minute …`;

/** A way to a browser, tried when those before it led nowhere. */
export interface Way {
  /** What is about to be done and how long it takes; undefined where the way is not open on this machine. */
  readonly announcement: string | undefined;
  /** Undefined when it failed. */
  readonly bring: () => string | undefined;
}

/**
 * The first browser that a way leads to.
 *
 * @throws When none does, with the command that installs one.
 */
export function firstOf(ways: readonly Way[], advice: string, log: (line: string) => void): string {
  for (const { announcement, bring } of ways) {
    if (announcement === undefined) continue;
    if (announcement !== '') log(announcement);
    const found = bring();
    if (found !== undefined) return found;
  }
  throw new Error(`No Chromium, Chrome or Edge was found. ${advice}, or name one in CHROME_PATH.`);
}

/**
 * Fetches the browser in which tests are fastest, where that can be done without asking anybody. Where it fails, another one
 * does as well.
 */
export function bringHeadlessShell(log: (line: string) => void): void {
  if (
    !isRootOnDebian() ||
    process.env['CHROME_PATH'] ||
    findChromium(thisMachine())?.endsWith(HEADLESS_SHELL)
  )
    return;
  log(fetchingShell);
  installWithApt(HEADLESS_SHELL);
}

/** A browser to test in: an installed one, or else one that is fetched. */
export function bringChromium(log = console.log): string {
  const found = firstOf(waysOn(thisMachine()), adviceFor(process.platform), log);
  bringFonts(log);
  return found;
}

/** False where a browser must be fetched first. */
export function isChromiumThere(): boolean {
  return findChromium(thisMachine()) !== undefined || existsSync(chromium.executablePath());
}

function thisMachine(): Machine {
  return { platform: process.platform, env: process.env, exists: existsSync };
}

function waysOn(machine: Machine): Way[] {
  return [
    { announcement: '', bring: () => findChromium(machine) },
    { announcement: '', bring: ownOfPlaywright },
    {
      announcement: "Fetching Playwright's Chromium, once: about 180 MB, up to a minute …",
      bring: () => (runQuietly(process.execPath, playwrightInstall()) ? ownOfPlaywright() : undefined),
    },
    {
      announcement: isRootOnDebian() ? fetchingShell : undefined,
      bring: () => (installWithApt(HEADLESS_SHELL) ? findChromium(machine) : undefined),
    },
  ];
}

/** Only if it starts: a downloaded browser may lack libraries of the system. */
function ownOfPlaywright(): string | undefined {
  const file = chromium.executablePath();
  return existsSync(file) && runQuietly(file, ['--version']) ? file : undefined;
}

function playwrightInstall(): string[] {
  return ['node_modules/playwright-core/cli.js', 'install', '--no-shell', 'chromium'];
}

/** Without any font a page is empty boxes, and nobody could judge a screenshot. */
function bringFonts(log: (line: string) => void): void {
  if (process.platform !== 'linux' || hasFonts()) return;
  if (!isRootOnDebian()) {
    log(
      'No font is installed: screenshots will be hard to read. To install one: apt-get install fonts-dejavu-core',
    );
    return;
  }
  log('Fetching a font: a few seconds …');
  installWithApt('fonts-dejavu-core');
}

function hasFonts(): boolean {
  const { status, stdout } = spawnSync('fc-list', { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
}

function adviceFor(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return 'Install one with: brew install --cask chromium';
    case 'win32':
      return 'Install one with: winget install Google.Chrome';
    default:
      return 'Install one as root with: apt-get install chromium';
  }
}
