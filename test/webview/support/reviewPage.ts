import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../../workbench/launchChromium';
import { FakeHost, type StateOverrides } from './fakeHost';
import type { ReviewRow } from '../../../src/review/protocol';
import { ReviewServer } from './reviewServer';
import { themes, type ThemeName } from './themes';

export interface OpenOptions {
  readonly rows: readonly ReviewRow[];
  readonly state?: StateOverrides;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly forcedColors?: boolean;
}

/** The review in a page, with what the browser complained of. */
export interface OpenReview {
  readonly page: Page;
  readonly host: FakeHost;
  /** Violations of the policy, uncaught errors and failed loads. */
  readonly complaints: readonly string[];
  /** What the webview wrote to its console. */
  readonly log: readonly string[];
}

/** The browser and the server of one file of tests. */
export class ReviewBench {
  #browser: Browser | undefined;
  #server: ReviewServer | undefined;
  readonly #open: (OpenReview & { readonly context: BrowserContext })[] = [];

  async start(): Promise<void> {
    this.#server = await ReviewServer.start();
    this.#browser = await launchChromium();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.stop();
  }

  async open(options: OpenOptions): Promise<OpenReview> {
    assert.ok(this.#browser !== undefined && this.#server !== undefined, 'the bench was started');
    const { rows, state, theme = 'dark', width = 1000, height = 700, forcedColors = false } = options;
    const context = await this.#browser.newContext({
      viewport: { width, height },
      forcedColors: forcedColors ? 'active' : 'none',
      colorScheme: theme.toLowerCase().includes('light') ? 'light' : 'dark',
      timezoneId: 'UTC',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const host = new FakeHost(rows, state);
    const complaints: string[] = [];
    const log: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(`not loaded: ${request.url()}`));
    page.on('console', (message) => (message.type() === 'error' ? complaints : log).push(message.text()));
    await page.exposeFunction('toHost', (message: unknown) => host.receive(message));
    await page.exposeFunction('complain', (violation: string) => complaints.push(violation));
    host.connect((message) => page.evaluate(postToWebview, message));
    await page.addInitScript(prepare, themes[theme]);
    await page.goto(this.#server.origin);
    if (rows.length > 0) {
      await page.locator('.body .row:not(.placeholder)').first().waitFor();
    }
    const opened = { page, host, complaints, log, context };
    this.#open.push(opened);
    return opened;
  }

  /** Closes what a test opened and fails it if a page complained. */
  async closeAll(): Promise<void> {
    const opened = this.#open.splice(0);
    for (const { context } of opened) {
      await context.close();
    }
    for (const { complaints } of opened) {
      assert.deepEqual(complaints, []);
    }
  }
}

export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const folder = join('artifacts', 'webview');
  mkdirSync(folder, { recursive: true });
  // Hiding the caret would add a style element, which the policy forbids.
  await page.screenshot({ path: join(folder, `${name}.png`), caret: 'initial' });
}

/** Resolves when the page has drawn twice: what a change led to is on screen by then. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            resolve();
          }),
        ),
      ),
  );
}

export function postToWebview(message: unknown): void {
  window.postMessage(message, '*');
}

/** Runs in the page before its own script: stands in for the editor around a webview. */
export function prepare({ bodyClass, variables }: (typeof themes)[ThemeName]): void {
  const bindings = window as unknown as Record<string, (value: unknown) => void>; // exposed by name above
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => bindings['toHost']?.(message),
      getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (state: unknown) => {
        sessionStorage.setItem('state', JSON.stringify(state ?? null));
      },
    }),
  });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
    bindings['complain']?.(`policy: ${violatedDirective} ${blockedURI} ${sourceFile}`),
  );
  document.addEventListener('DOMContentLoaded', () => {
    document.body.className = bodyClass;
    for (const [name, value] of Object.entries(variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
  });
}
