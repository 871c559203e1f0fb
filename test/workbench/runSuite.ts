import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { REPORT_MARK } from '../run/support/reportMark';
import { artifactFolder, keepLogs } from './artifacts';
import { makeDataFolder } from './dataFolder';
import { installWorkbench } from './install';
import { launchChromium } from './launchChromium';
import { keepSecrets } from './secrets';
import { pageUrl, startServer, urlPath, type Server } from './server';
import type { VersionName } from './versions';

const MARK = '[mocha] ';
const SUITE_TIMEOUT_MS = 10 * 60_000;

export interface Suite {
  readonly version: VersionName;
  readonly extensionDevelopmentPath: string;
  /** Module that exports `run(): Promise<void>`. */
  readonly extensionTestsPath: string;
}

/** Runs a suite in the extension host of a real workbench. Its output is ours; the result is its exit code. */
export async function runSuite(suite: Suite): Promise<number> {
  const folder = makeDataFolder();
  const installation = await installWorkbench(suite.version);
  const server = await startServer({
    installation,
    dataFolder: folder.data,
    args: ['--enable-smoke-test-driver', '--disable-workspace-trust'],
    logFile: join(folder.logs, 'server.log'),
    env: { [REPORT_MARK]: MARK },
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const report = new Report(join(folder.logs, 'host.log'));
    const code = await exitCodeOf(page, server, report, suiteUrl(server, suite, folder.workspace));
    if (code !== 0) {
      if (!report.isBegun) console.error(report.lastLines());
      const saved = artifactFolder(`host ${suite.version} failed`);
      await page.screenshot({ path: join(saved, 'page.png') });
      keepLogs(folder, saved);
      console.error(`Kept: ${saved}`);
    }
    return code;
  } finally {
    await browser.close();
    await server.stop();
    folder.remove();
  }
}

async function exitCodeOf(page: Page, server: Server, report: Report, url: string): Promise<number> {
  const ended = new Promise<number>((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`The suite did not end: ${reason}`));
    const timer = setTimeout(() => fail(`it took ${SUITE_TIMEOUT_MS / 60_000} minutes`), SUITE_TIMEOUT_MS);
    timer.unref();
    page.once('crash', () => fail('the page crashed'));
    void server.ended.then(() => fail('the server ended'));
    void page.exposeFunction('codeAutomationExit', resolve);
  });
  const opened = async () => {
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) =>
      report.add(format(...args)),
    );
    await keepSecrets(page);
    await page.goto(url);
  };
  const [code] = await Promise.all([ended, opened()]);
  return code;
}

function suiteUrl(server: Server, suite: Suite, folder: string): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${urlPath(path)}`;
  return pageUrl(server, folder, [
    ['extensionDevelopmentPath', remote(suite.extensionDevelopmentPath)],
    ['extensionTestsPath', remote(suite.extensionTestsPath)],
  ]);
}

/** Of all that the workbench prints, mocha's report is for the terminal and the rest for a file. */
class Report {
  readonly #file: string;
  isBegun = false;

  constructor(file: string) {
    this.#file = file;
  }

  add(text: string): void {
    for (const line of text.split('\n')) {
      appendFileSync(this.#file, `${line}\n`);
      if (!line.startsWith(MARK)) continue;
      this.isBegun = true;
      console.log(line.slice(MARK.length));
    }
  }

  lastLines(): string {
    return readFileSync(this.#file, 'utf8').split('\n').slice(-40).join('\n');
  }
}
